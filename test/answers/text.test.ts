import { describe, expect, test } from 'vitest';
import { answerer } from '../../src/answer/answerer.ts';
import { askedByText, phraseIndex } from '../../src/answer/by-text.ts';
import { type Asking, readQuestion } from '../../src/answer/question-text.ts';
import { mappingOf, questionOf, sampleKnowledge, schemes } from './knowledge.ts';

// Questions without known ids: only what asks the same in other words is answered.

describe('how a question asks', () => {
  test.each<[string, Partial<Asking>]>([
    ['Is data encrypted at rest?', { form: 'polar' }],
    ['All data shall be encrypted at rest.', { form: 'polar' }],
    ['A.1.2 - Do you log access?', { form: 'polar' }],
    ['12. Have you appointed a CISO?', { form: 'polar' }],
    ['(SaaS only) Do you review code?', { form: 'polar' }],
    ['If you develop software, do you review code?', { form: 'polar' }],
    ['Describe how data is encrypted at rest.', { form: 'describe' }],
    ['How do you encrypt data?', { form: 'describe' }],
    ['How many incidents did you have?', { form: 'other' }],
    ['How often are logs reviewed?', { form: 'other' }],
    ['Which frameworks do you follow?', { form: 'other' }],
    ['Please provide your SOC 2 report.', { form: 'other' }],
    ['Will you notify us of incidents?', { form: 'other' }],
    ['Can you provide evidence of training?', { form: 'other' }],
    ['Are you willing to sign a BAA?', { form: 'other' }],
    ['Company name', { form: 'other' }],
    ['Is the program reviewed?', { form: 'other' }],
    ['Have roles been defined for the program?', { form: 'other' }],
    ['Is the incident response plan tested at least annually?', { form: 'polar', within: 'annual' }],
    ['Are access rights reviewed quarterly?', { form: 'polar', within: 'quarterly' }],
    ['Are scans run at least monthly?', { form: 'polar', within: 'monthly' }],
    ['Have you been tested in the last 12 months?', { form: 'polar', within: 'annual' }],
    ['Have backups been tested during the past year?', { form: 'polar', within: 'annual' }],
    ['Do you have an access control policy?', { form: 'polar', policy: true, review: false }],
    ['Are password policies and procedures reviewed and updated at least annually?', { policy: true, review: true }],
    ['', { form: 'other' }],
    ['?', { form: 'other' }],
    ['\u0000\ud800'.repeat(1000), {}],
  ])('%s', (text, expected) => {
    expect(readQuestion(text)).toMatchObject(expected);
  });

  test('different words for the same are one', () => {
    const same = (a: string, b: string): void =>
      expect([...readQuestion(a).words].sort()).toEqual([...readQuestion(b).words].sort());
    same('Is MFA enforced?', 'Is two-factor authentication enforced?');
    same('Do you have antivirus?', 'Do you have anti-malware software?');
    same('Are pen tests performed?', 'Is penetration testing performed?');
    same('Are staff screened?', 'Are employees screened?');
    same('Do you perform background screening?', 'Do you perform background checks?');
    same('Are systems hardened?', 'Are systems hardening?');
  });
});

describe('what asks the same', () => {
  const known = sampleKnowledge('payments');
  const index = phraseIndex(known);
  const controls = (text: string): string[] | undefined => askedByText(readQuestion(text), index)?.asked.controls;

  test.each<[string, string[]]>([
    ['Is customer data encrypted at rest?', ['encryption-at-rest']],
    ['Is data encrypted while in transit?', ['encryption-in-transit']],
    ['Do you encrypt backups?', ['backup-protection']],
    ['Is MFA enforced for administrators?', ['multi-factor-authentication']],
    ['Do you have a documented security incident response plan?', ['incident-response-plan']],
    ['Has the disaster recovery plan been tested in the last 12 months?', ['recovery-testing']],
    ['Do you have a business continuity plan, and is it exercised yearly?', ['contingency-plan', 'recovery-testing']],
    ['Do you perform background checks on employees?', ['personnel-screening']],
    ['Is there a formal change management process?', ['change-control']],
    ['Do you have a secure SDLC?', ['secure-development']],
    ['Do you have a data protection officer (DPO)?', ['privacy-officer']],
    ['Are system clocks synchronized via NTP?', ['time-synchronization']],
    ['Is there an information security policy approved by management?', ['security-policy']],
    ['Is there an information security policy approved by senior management?', ['security-policy']],
    ['The supplier has an information security policy approved by management.', ['security-policy']],
    ['Backups are encrypted.', ['backup-protection']],
    ['7) Is access granted on a least privilege basis?', ['least-privilege']],
    ['Are third parties assessed for security before engagement?', ['supplier-due-diligence']],
    ['Is personal data deleted at the end of the contract?', ['end-of-service']],
    ['Is anti-virus software deployed on all servers and endpoints?', ['anti-malware', 'endpoint-protection']],
    ['Do all employees complete security awareness training upon hire and annually thereafter?', ['awareness-training']],
    // Words around a subject that are no subject of their own.
    ['Do you carry out a risk assessment at least once a year?', ['risk-analysis']],
    ['Are background checks made before employees are given access?', ['personnel-screening']],
    ['Is MFA enforced for administrative access to production systems and customer data?', ['multi-factor-authentication']],
    ['Are user access rights reviewed periodically?', ['access-review']],
    ['Are vendor default passwords changed before going live?', ['default-credentials']],
    ['Are default accounts disabled prior to placing systems into production?', ['default-credentials']],
    ['Has a privacy impact assessment ever been done?', ['impact-assessment']],
    ['Is customer data deleted after the contract ends?', ['end-of-service']],
    ['Are back-ups encrypted?', ['backup-protection']],
    // An article that stands for its subject.
    ['Do you keep a record of processing activities (Art. 30 GDPR)?', ['processing-records']],
    ['Do you maintain an Article 30 GDPR register of processing?', ['processing-records']],
    ['Are cryptographic keys rotated?', ['key-management']],
    ['Have you had a penetration test in the last year?', ['penetration-testing']],
    ['Do you review user permissions at least quarterly?', ['access-review']],
    ['Are access logs reviewed?', ['log-review']],
    ['Is anti-virus installed on all laptops?', ['endpoint-protection']],
    ['Do you control the use of your sub-processors?', ['sub-processor-control']],
    ['Do administrators use two-factor login?', ['multi-factor-authentication']],
    ['Are copies of our data made every day?', ['backup']],
    ['Are hard disks securely erased before disposal?', ['media-disposal']],
    // Words of several phrases that are answered alike.
    ['Are backups of data regularly performed?', ['backup']],
    ['Is the data of different customers logically separated?', ['customer-separation']],
    ['Are logs centrally stored and protected from tampering?', ['log-protection']],
    // At the data center asks nothing of other premises.
    ['Are visitors to the data centre escorted and logged?', ['visitor-control@facility']],
    ['Are backups performed daily?', ['backup']],
  ])('%s', (text, expected) => {
    expect(controls(text)).toEqual(expected);
  });

  test.each([
    'Are encryption keys encrypted at rest?',
    'Are shared accounts allowed?',
    'Do you allow default passwords?',
    'Do you use quantum-resistant encryption in transit?',
    'Is multi-factor authentication resistant to phishing?',
    'Are terminated accounts disabled within 24 hours?',
    'Do you have an environmental risk policy?',
    'Do you have a formal information security program?',
    'Is data encrypted at rest with AES-256?',
    'Are backups stored on tape for 7 years?',
    'Does the incident response plan include ransomware?',
    'Are penetration tests never performed?',
    'Do third parties encrypt data at rest?',
    'Is data backed up every 4 hours?',
    'Are security patches installed immediately?',
    'Are inactive accounts disabled automatically?',
    'Are backups not encrypted?',
    'Is your soil encrypted?',
    // Whether it is so, not whether it is governed.
    'Do subcontractors have access to personal data?',
    'Are there international transfers of data?',
    'Do you make automated decisions?',
    'Do you use subprocessors?',
    'Do you protect health information?',
    'Do you use a PCI DSS service provider?',
    'Is compliance monitored?',
    'Is access to data limited to authorized persons?',
    'Are transfers of personal data outside the European Economic Area documented?',
    'Are there privacy complaints?',
    // What customers do, or what is done with them.
    'Is penetration testing done by the customer?',
    'Are changes approved by the customer before they go live?',
    'Are access reviews done for customer accounts?',
    'Is the incident response plan tested with customers?',
    // What has happened.
    'Have there been any security incidents?',
    'Have you had to handle incidents?',
    'Are audit logs retained for 12 months?',
    'Do contracts include confidentiality agreements?',
    'Is a record kept under Art. 8 GDPR?',
    'Are asset management and malware protection policies in place?',
    'Is personal data transferred securely outside the European Economic Area?',
    'Are backups encrypted? Are administrators screened?',
    'Are backups encrypted and are they kept for ten years?',
    'Ist das Netz segmentiert?',
  ])('asks something else: %s', (text) => {
    expect(controls(text)).toBeUndefined();
  });

  test('a policy, a review, a description and a frequency change what is asked', () => {
    const found = (text: string) => askedByText(readQuestion(text), index)?.asked;
    expect(found('Do you have a patch management policy?')).toMatchObject({ sense: 'policy', controls: ['flaw-remediation'] });
    expect(found('Are incident response procedures reviewed annually?')).toMatchObject({ sense: 'review' });
    expect(found('Describe your encryption at rest.')).toMatchObject({ sense: 'describe', controls: ['encryption-at-rest'] });
    expect(found('Are penetration tests performed at least annually?')).toMatchObject({ sense: 'met', within: 'annual' });
  });

  test('every phrase of ours finds itself', () => {
    for (const phrase of schemes().flatMap((scheme) => scheme.phrases)) {
      const found = askedByText(readQuestion(phrase.ask), index);
      if (readQuestion(phrase.ask).form === 'other') expect(found, phrase.ask).toBeUndefined();
      else expect(found?.asked.controls, phrase.ask).toEqual(expect.arrayContaining(phrase.controls));
    }
  });

  test('an id at the beginning of a question is no part of what it asks', () => {
    const clinic = sampleKnowledge('clinic');
    for (const [id, text] of [
      ['B7', 'B7 Are system clocks synchronized?'],
      ['Q-12', 'Q-12: Are system clocks synchronized?'],
    ])
      expect(answerer(clinic, mappingOf())(questionOf({ id, text }))).toMatchObject({ means: 'yes', found: 'text' });
  });

  test('an answer found by its text is less certain than one found by its id', () => {
    const byText = answerer(known, mappingOf())(questionOf({ text: 'Do you have an incident response plan?' }));
    const byId = answerer(
      known,
      mappingOf('hecvat-4'),
    )(questionOf({ id: 'HFIH-01', text: 'Do you have an incident response plan?' }));
    expect(byText).toMatchObject({ means: 'yes', found: 'text' });
    expect(byId).toMatchObject({ means: 'yes', found: 'id' });
    expect(byText.confidence).toBeLessThan(byId.confidence);
  });
});

describe('several questions in one text', () => {
  const answer = (sample: string, text: string) => answerer(sampleKnowledge(sample), mappingOf())(questionOf({ text }));

  test.each([
    'Are backups encrypted, and are system clocks synchronized?',
    'Are backups encrypted? Are system clocks synchronized?',
  ])('are answered where each is: %s', (text) => {
    const { means, sources } = answer('clinic', text);
    expect(means).toBe('yes');
    expect(sources.filter(({ kind }) => kind === 'control').map(({ id }) => id)).toEqual([
      'backup-protection',
      'time-synchronization',
    ]);
  });

  test.each([
    // Its second half is in place in part only.
    ['clinic', 'Are backups encrypted, and are penetration tests performed?', 'partial', undefined],
    // Nobody has said anything of its second half.
    ['payments', 'Is data encrypted at rest? Are backups encrypted?', undefined, 'unanswered'],
    ['clinic', 'Are backups encrypted, and is the moon full?', undefined, 'not-known'],
    ['clinic', 'Are backups encrypted? Is the moon full?', undefined, 'not-known'],
    ['clinic', 'Are backups encrypted, and are they kept on the moon?', undefined, 'not-known'],
  ])('%s: no more is said than of the weakest: %s', (sample, text, means, code) => {
    const given = answer(sample, text);
    expect(given.means).toBe(means);
    expect(given.blank?.code).toBe(code);
  });

  test('the longest text that a cell can hold is read at once', () => {
    const start = performance.now();
    for (const piece of ['plan that ', 'and is it ', '? Are we ', 'put a ', 'control the use of ', 'had '])
      readQuestion(`Is there ${piece.repeat(32_767 / piece.length)}`);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test('what follows a question to tell how to fill the form is none', () => {
    expect(answer('clinic', 'Are backups encrypted? If so, how are keys kept?')).toMatchObject({ means: 'yes' });
  });
});

describe('what a question asks beyond its control', () => {
  const answer = (sample: string, text: string) => answerer(sampleKnowledge(sample), mappingOf())(questionOf({ text }));

  test.each<[string, string, string | undefined, string?]>([
    ['payments', 'Are backups kept in a second location?', 'yes'],
    // A second account is no second location.
    ['clinic', 'Are backups kept in a second location?', undefined],
    ['clinic', 'Are logs reviewed daily?', 'yes'],
    ['payments', 'Are logs reviewed daily?', undefined],
    ['clinic', 'Are servers hardened to CIS benchmarks as a published baseline?', 'yes'],
    ['payments', 'Are servers hardened to CIS benchmarks as a published baseline?', undefined],
    ['payments', 'Is the cardholder data environment segmented from other networks?', 'yes'],
    // It is segmented, and has no such environment.
    ['manufacturer', 'Is the cardholder data environment segmented from other networks?', undefined],
    // The closet has a smoke detector only.
    ['clinic', 'Is there fire suppression, backup power and cooling in the data center?', undefined],
    ['manufacturer', 'Is there fire suppression, backup power and cooling in the data center?', 'yes'],
    // Two emergency accounts are shared.
    ['payments', 'Are shared accounts forbidden?', undefined, 'asks-more'],
    ['clinic', 'Are shared accounts forbidden?', 'yes'],
    ['payments', 'Is sensitive authentication data such as the CVV ever retained after authorization?', 'no'],
    // Nobody has said whether it issues cards.
    ['manufacturer', 'Do you keep CVV codes after authorization?', undefined, 'unanswered'],
    // Done in part: another system was restored, and here none was.
    ['manufacturer', 'Have you tested restoring from a backup?', 'partial'],
    ['payments', 'Have you tested restoring from a backup?', undefined],
  ])('%s: %s', (sample, text, means, code = 'says-less') => {
    const given = answer(sample, text);
    expect(given.means).toBe(means);
    if (means === undefined) expect(given.blank?.code).toBe(code);
  });

  test('a plan that is tested is explained by both, each with its day', () => {
    const { comment } = answer('clinic', 'Do you have an incident response plan that is tested annually?');
    expect(comment).toContain('The plan names who decides');
    expect(comment).toContain('was played through');
    expect(comment).toContain('March 5, 2026 (incident response plan) and June 11, 2026 (test of the incident response plan)');
  });
});

describe('ids', () => {
  const known = sampleKnowledge('clinic');
  const answer = (scheme: string, id: string, sheet = 'S') =>
    answerer(known, mappingOf(scheme))(questionOf({ id, sheet, text: 'x' }));

  test.each([
    ['caiq-4', 'A&A-01.1', 'a&a-01.1 '],
    ['caiq-3', 'AIS-02.2', 'AIS- 02.2'],
    ['hecvat-4', 'HFIH-01', 'HFIH-01*'],
    ['nist-800-53', 'AC-6(5)', 'AC-06 (05)'],
    ['nist-800-53', 'AU-3(a)', 'AU-3'],
    ['hipaa', '164.308(a)(1)(ii)(A)', '§ 164.308(a)(1)(ii)(A)'],
  ])('%s: %s is %s', (scheme, one, other) => {
    expect(answer(scheme, other)).toEqual(answer(scheme, one));
    expect(answer(scheme, one).found).toBe('id');
  });

  test('an enhancement is never answered as its base', () => {
    expect(answer('nist-800-53', 'CP-9(d)').means).toBe('yes');
    expect(answer('nist-800-53', 'CP-9(5)').blank).toBeDefined();
    expect(answer('nist-800-53', 'CA-3').blank?.code).toBe('asks-more');
  });

  test('a part is inherited only from a provider that is authorized itself', () => {
    expect(answer('nist-800-53', 'SC-28').notes).toContainEqual(expect.stringContaining('FedRAMP authorization'));
    expect(answer('nist-800-53', 'SC-28').ownership).toBeUndefined();
  });

  test('where ids start anew on each sheet, its number stands before them', () => {
    expect(answer('hipaa-sra-3', '18', 'Section 3')).toMatchObject({ means: 'yes', found: 'id' });
    expect(answer('hipaa-sra-3', '18', 'Section 7').means).toBeUndefined();
  });

  // FedRAMP sets a number of days, a list or a standard here that no control of ours says.
  test.each([
    'AC-2(j)',
    'AC-2(3)(d)',
    'AC-7(a)',
    'AC-11(a)',
    'AU-11',
    'CM-6(a)',
    'CP-9(a)',
    'PE-8(a)',
    'RA-5(a)',
    'RA-5(d)',
    'SA-9(c)',
  ])('%s asks for what FedRAMP has set, which no control says', (id) => {
    expect(answer('nist-800-53', id)).toMatchObject({ blank: { code: 'asks-more' } });
  });

  test('an id that nobody has judged falls back on the text', () => {
    expect(answer('caiq-4', 'ZZZ-99.1').found).toBeUndefined();
  });
});
