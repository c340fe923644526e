import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Knowledge } from '../../src/answer/knowledge.ts';
import { supported } from '../../src/answer/support.ts';
import type { AssuranceType } from '../../src/model/catalogue.ts';
import type { Statement, Status } from '../../src/model/system.ts';
import { onFile, use } from '../support.ts';
import { asked, sampleKnowledge, schemes, TODAY, withStatements } from './knowledge.ts';

// What statements, assurances and the description support of a question.

const say = (control: string, status: Status, more: Partial<Statement> = {}) => ({ control, status, ...more });
const POLICY = say('security-policy', 'implemented', {
  narrative: 'The board approves the policies each January.',
  evidence: [{ title: 'Resolution', date: '2026-01-20' }],
});

describe('the status of a statement', () => {
  test.each<[Status, string | undefined, RegExp]>([
    ['implemented', 'yes', /^Everybody is trained each spring\.$/],
    [
      'partial',
      'partial',
      /^In part, to be completed by December 31, 2026: everybody|^In part, to be completed by December 31, 2026: Everybody/,
    ],
    ['planned', 'planned', /^Planned by December 31, 2026: /],
    ['alternative', 'alternative', /^By an alternative measure: /],
    ['not-applicable', 'not-applicable', /^Not applicable: /],
    ['unanswered', undefined, /^No statement answers “Security and privacy awareness training”\.$/],
  ])('%s', (status, means, text) => {
    const answer = supported(
      asked({ controls: ['awareness-training'] }),
      withStatements([say('awareness-training', status, { narrative: 'Everybody is trained each spring', due: '2026-12-31' })]),
    );
    expect(answer.means).toBe(means);
    expect(answer.blank?.says ?? answer.comment).toMatch(text);
    if (means === undefined) expect(answer.blank?.code).toBe('unanswered');
  });

  test('without a statement nothing is answered', () => {
    const answer = supported(asked({ controls: ['awareness-training'] }), withStatements([]));
    expect(answer).toMatchObject({ confidence: 0, blank: { code: 'unanswered' }, owners: ['Owner'] });
    expect(answer.means).toBeUndefined();
  });

  test.each<[Status[], string | undefined]>([
    [['implemented', 'implemented'], 'yes'],
    [['implemented', 'alternative'], 'alternative'],
    [['implemented', 'partial'], 'partial'],
    [['implemented', 'planned'], 'partial'],
    [['planned', 'planned'], 'planned'],
    [['implemented', 'not-applicable'], 'yes'],
    [['not-applicable', 'not-applicable'], 'not-applicable'],
    [['implemented', 'unanswered'], undefined],
  ])('two controls that are %j give %s', (statuses, means) => {
    const known = withStatements([
      say('awareness-training', statuses[0] as Status),
      say('personnel-screening', statuses[1] as Status),
    ]);
    expect(supported(asked({ controls: ['awareness-training', 'personnel-screening'] }), known).means).toBe(means);
  });

  test('a statement for one service does not speak for the others', () => {
    const known = withStatements([say('access-review', 'implemented', { services: ['web'] })], {
      services: [use({ id: 'web', service: 'aws/ec2' }), use({ id: 'db', service: 'aws/rds', title: 'Database' })],
    });
    expect(supported(asked({ controls: ['access-review'] }), known).blank).toEqual({
      code: 'unanswered',
      says: 'No statement answers “Review of accounts and privileges” on Database.',
    });
  });

  test('a control that does not exist is never answered', () => {
    const known = withStatements([say('awareness-training', 'implemented')]);
    expect(supported(asked({ controls: ['no-such-control'] }), known).blank?.code).toBe('not-known');
    expect(supported(asked({ controls: ['awareness-training', 'no-such-control'] }), known).blank?.code).toBe('not-known');
  });
});

describe('what providers carry', () => {
  const provided = asked({ controls: ['tenant-isolation'] });
  const withPaper = (type: AssuranceType, more = {}) =>
    withStatements([], { assurances: [onFile({ id: 'paper', type, title: 'The paper', issued: '2026-01-01', ...more })] });

  test.each<[string, AssuranceType, object, boolean]>([
    ['a SOC 2 report', 'soc2-type2', { period: { from: '2025-04-01', to: '2026-03-31' } }, true],
    ['an ISO certificate', 'iso27001', { expires: '2027-01-01' }, true],
    ['an AOC', 'pci-aoc', { expires: '2026-12-31' }, true],
    ['an agreement, which is a promise', 'dpa', {}, false],
    ['a report that has run out', 'soc2-type2', { period: { from: '2024-01-01', to: '2024-12-31' } }, false],
    ['a certificate that has run out', 'iso27001', { expires: '2026-09-29' }, false],
    ['a report of next year', 'soc2-type2', { issued: '2027-01-01' }, false],
    ['a report for another service', 'soc2-type2', { services: ['aws/s3'] }, false],
    ['a report that leaves the service out', 'soc2-type2', { excludes: { services: ['aws/ec2'], regions: [] } }, false],
    ['a report of another provider', 'soc2-type2', { provider: 'azure' }, false],
    ['an adverse opinion', 'soc2-type2', { opinion: 'adverse' }, false],
    ['a qualified opinion', 'soc2-type2', { opinion: 'qualified' }, true],
  ])('%s', (_, type, more, proves) => {
    const answer = supported(provided, withPaper(type, more));
    if (proves) {
      expect(answer).toMatchObject({ means: 'yes', ownership: 'providers' });
      expect(answer.comment).toMatch(/^AWS carries it at .*, examined in The paper\.$/);
      expect(answer.sources).toContainEqual(expect.objectContaining({ kind: 'assurance', id: 'paper' }));
    } else expect(answer.blank).toMatchObject({ code: 'unproven', says: expect.stringContaining('rests on AWS') });
  });

  test('a report with a bridge letter counts for longer', () => {
    const old = {
      id: 'old',
      type: 'soc2-type2',
      period: { from: '2024-07-01', to: '2025-06-30' },
      issued: '2025-08-01',
    } as const;
    const period = { from: '2025-07-01', to: '2026-10-31' };
    const bridge = onFile({ id: 'bridge', type: 'bridge-letter', bridges: 'old', issued: TODAY, period });
    expect(supported(provided, withStatements([], { assurances: [onFile(old)] })).blank?.code).toBe('unproven');
    expect(supported(provided, withStatements([], { assurances: [onFile(old), bridge] })).means).toBe('yes');
    const early = { ...bridge, issued: '2026-07-01' };
    expect(supported(provided, withStatements([], { assurances: [onFile(old), early] })).blank?.code).toBe('unproven');
  });

  test('beside an implemented part, an unproven one lowers the confidence and is noted', () => {
    const statements = [say('physical-access', 'implemented', { narrative: 'The office is locked.' })];
    const proven = supported(asked({ controls: ['physical-access'] }), withStatements(statements));
    const unproven = supported(asked({ controls: ['physical-access'] }), withStatements(statements, { assurances: [] }));
    expect(proven).toMatchObject({ means: 'yes', ownership: 'own-and-providers', notes: [] });
    expect(proven.comment).toContain('AWS carries its part at the data center buildings, examined in AWS SOC 2.');
    expect(unproven.means).toBe('yes');
    expect(unproven.confidence).toBeLessThan(proven.confidence);
    expect(unproven.comment).toBe('The office is locked.');
    expect(unproven.notes).toEqual([expect.stringContaining('No live assurance on file covers the part of AWS')]);
  });

  test('one component of a control can be asked alone', () => {
    const known = withStatements([]);
    expect(supported(asked({ controls: ['physical-access'] }), known).blank?.code).toBe('unanswered');
    expect(supported(asked({ controls: ['physical-access@facility'] }), known).means).toBe('yes');
  });
});

describe('what does not exist here', () => {
  test('is not applicable, with the reason of the description', () => {
    const known = withStatements([], { conditions: { endpoints: { holds: false, note: 'Only terminals of customers.' } } });
    expect(supported(asked({ controls: ['endpoint-protection'] }), known)).toMatchObject({
      means: 'not-applicable',
      ownership: 'not-applicable',
      comment: 'No laptops, phones or workstations reach the system. Only terminals of customers.',
    });
  });
});

describe('policies', () => {
  const topic = say('awareness-training', 'implemented', { narrative: 'Everybody is trained.' });
  const policy = asked({ sense: 'policy', controls: ['awareness-training'] });
  const review = asked({ sense: 'review', controls: ['awareness-training'] });

  test('need a statement on policies beside the one on the topic', () => {
    expect(supported(policy, withStatements([topic])).blank?.says).toBe('No statement answers “Policies and procedures”.');
    expect(supported(policy, withStatements([POLICY])).blank?.code).toBe('unanswered');
    expect(supported(policy, withStatements([topic, POLICY]))).toMatchObject({
      means: 'yes',
      comment: 'Everybody is trained. The board approves the policies each January.',
    });
  });

  test('a yearly review needs a day within the year', () => {
    const answer = supported(review, withStatements([topic, POLICY]));
    expect(answer).toMatchObject({ means: 'yes' });
    expect(answer.comment).toMatch(/The last review on record is of January 20, 2026\.$/);
    const undated = { ...POLICY, evidence: [{ title: 'Resolution' }] };
    expect(supported(review, withStatements([topic, undated])).blank?.code).toBe('no-date');
    const old = { ...POLICY, evidence: [{ title: 'Resolution', date: '2025-01-20' }] };
    expect(supported(review, withStatements([topic, old])).blank).toEqual({
      code: 'too-old',
      says: 'It asks for a frequency, and the last day on record for policies and procedures is January 20, 2025.',
    });
    const future = { ...POLICY, evidence: [{ title: 'Resolution', date: '2027-01-20' }] };
    expect(supported(review, withStatements([topic, future])).blank?.code).toBe('no-date');
    const reviewed = { ...undated, reviewed: { by: 'Audit', on: '2026-09-01' } };
    expect(supported(review, withStatements([topic, reviewed])).means).toBe('yes');
  });

  test('can be reviewed while a topic is in place in part, not while it is only planned', () => {
    expect(supported(review, withStatements([say('awareness-training', 'partial'), POLICY])).means).toBe('yes');
    expect(supported(review, withStatements([say('awareness-training', 'planned'), POLICY])).means).toBe('partial');
  });

  test('on what is carried out in part may be written all the same: a form without a word for that gets none', () => {
    const known = withStatements([say('awareness-training', 'partial'), POLICY]);
    expect(supported(policy, known)).toMatchObject({ means: 'partial', exact: true });
    expect(supported(asked({ controls: ['awareness-training'] }), known).exact).toBeUndefined();
  });

  test("are the organization's own, whatever providers carry of their topic", () => {
    const statements = [say('physical-access', 'implemented', { narrative: 'The office is locked.' }), POLICY];
    for (const sense of ['policy', 'review'] as const) {
      const answer = supported(asked({ sense, controls: ['physical-access'] }), withStatements(statements, { assurances: [] }));
      expect(answer).toMatchObject({ means: 'yes', ownership: 'own', ownAt: 'own-corporate', confidence: 0.9, notes: [] });
      expect(answer.comment).not.toContain('AWS');
    }
  });
});

describe('what a question claims beyond its control', () => {
  test('a frequency needs proof within its span', () => {
    const dated = (date: string) =>
      withStatements([say('penetration-testing', 'implemented', { evidence: [{ title: 'Report', date }] })]);
    const yearly = asked({ controls: ['penetration-testing'], within: 'annual' });
    expect(supported(yearly, dated('2025-09-30')).means).toBe('yes');
    expect(supported(yearly, dated('2025-09-30')).comment).toMatch(/The last proof on record is of September 30, 2025\.$/);
    expect(supported(yearly, dated('2025-09-28')).blank?.code).toBe('too-old');
    expect(supported({ ...yearly, within: 'quarterly' }, dated('2026-05-01')).blank?.code).toBe('too-old');
    expect(supported(yearly, withStatements([say('penetration-testing', 'implemented')])).blank?.code).toBe('no-date');
  });

  test.each<[string, boolean]>([
    ['An independent firm tests every year.', true],
    ['We test every year ourselves. An independent firm follows.', true],
    ['We test every year ourselves.', false],
    ['No independent firm has tested yet.', false],
    ['Tests are not done by an independent firm.', false],
    ['The interdependent parts are tested.', false],
  ])('a word must stand in the statement and not be denied: %s', (narrative, means) => {
    const answer = supported(
      asked({ controls: ['penetration-testing'], says: ['independent'] }),
      withStatements([say('penetration-testing', 'implemented', { narrative })]),
    );
    expect(answer.means === 'yes').toBe(means);
    if (!means)
      expect(answer).toMatchObject({
        blank: { code: 'says-less' },
        notes: [`Nearest: ${narrative} AWS carries its part at the control plane, examined in AWS SOC 2.`],
      });
  });

  test('an alternative measure is a yes, and has to say as much', () => {
    const other = say('penetration-testing', 'alternative', { narrative: 'We test it ourselves.' });
    const known = withStatements([other]);
    const one = { controls: ['penetration-testing'] };
    expect(supported(asked(one), known).means).toBe('alternative');
    expect(supported(asked({ ...one, says: ['independent'] }), known).blank?.code).toBe('says-less');
    expect(supported(asked({ ...one, within: 'annual' }), known).blank?.code).toBe('no-date');
  });

  test.each<[string, boolean]>([
    ['suppress', true],
    ['halon', false],
  ])('where a provider carries it alone, a word stands in its part: %s', (word, means) => {
    const answer = supported(asked({ controls: ['environmental-protection@facility'], says: [word] }), withStatements([]));
    expect(answer.means === 'yes').toBe(means);
    if (!means) expect(answer.blank?.code).toBe('says-less');
  });

  test('where the control makes "no" the right answer, anything less leaves it open', () => {
    const inverse = asked({ controls: ['authenticators'], inverse: true });
    expect(supported(inverse, withStatements([say('authenticators', 'implemented')])).means).toBe('no');
    expect(supported(inverse, withStatements([say('authenticators', 'partial')])).blank?.code).toBe('unanswered');
    expect(supported(inverse, withStatements([])).blank?.code).toBe('unanswered');
  });

  test('more than any control says is left blank with what is nearest', () => {
    const answer = supported(
      asked({ sense: 'near', controls: ['backup'] }),
      withStatements([say('backup', 'implemented', { narrative: 'Every night.' })]),
    );
    expect(answer).toMatchObject({ blank: { code: 'asks-more' }, confidence: 0, notes: ['Nearest: Every night.'] });
    expect(supported(asked({ sense: 'near' }), withStatements([])).blank?.code).toBe('not-known');
  });
});

describe('a day that has passed', () => {
  test.each<[Status, RegExp]>([
    ['partial', /^In part, due on August 31, 2026 and not completed: /],
    ['planned', /^Planned for August 31, 2026 and not in place: /],
  ])('is not promised any more: %s', (status, text) => {
    const statement = say('awareness-training', status, { narrative: 'Everybody is trained.', due: '2026-08-31' });
    const answer = supported(asked({ controls: ['awareness-training'] }), withStatements([statement]));
    expect(answer.comment).toMatch(text);
    expect(answer.notes).toEqual([
      'The day set for security and privacy awareness training, August 31, 2026, has passed. Say how it stands.',
    ]);
  });
});

describe('requirements', () => {
  test('an agreement is a promise and no proof, even where a framework expects it', () => {
    const hipaa = {
      frameworks: [{ id: 'hipaa', categories: [] }],
      services: [use({ id: 'web', service: 'aws/s3', data: ['health'] })],
      conditions: { premises: { holds: false }, endpoints: { holds: false } },
    };
    const media = asked({ requirements: ['hipaa:164.310(a)(2)(iv)'] });
    const baa = onFile({ type: 'baa', title: 'The agreement', issued: '2026-01-01' });
    const report = onFile({
      id: 'soc2',
      type: 'soc2-type2',
      title: 'The report',
      period: { from: '2025-07-01', to: '2026-06-30' },
    });
    expect(supported(media, withStatements([], { ...hipaa, assurances: [baa] })).blank?.code).toBe('unproven');
    const proven = supported(media, withStatements([], { ...hipaa, assurances: [baa, report] }));
    expect(proven).toMatchObject({ means: 'yes' });
    expect(proven.comment).not.toContain('agreement');
  });

  test('answer by their rows, a heading by all below it', () => {
    const pci = {
      frameworks: [{ id: 'pci-dss', categories: [] }],
      services: [use({ id: 'web', service: 'aws/ec2', data: ['cardholder'] })],
    };
    const one = asked({ requirements: ['pci-dss:12.6.1'] });
    expect(supported(one, withStatements([say('awareness-training', 'implemented')], pci)).means).toBe('yes');
    expect(supported(one, withStatements([], pci)).blank?.code).toBe('unanswered');
    expect(supported(asked({ requirements: ['pci-dss:12.6'] }), withStatements([], pci)).blank?.code).toBe('unanswered');
    expect(supported(asked({ requirements: ['pci-dss:99.9'] }), withStatements([], pci)).blank?.code).toBe('not-known');
    const merchant = asked({ requirements: ['pci-dss:12.9.1'] });
    expect(supported(merchant, withStatements([], pci))).toMatchObject({
      means: 'not-applicable',
      comment: 'It binds a service provider; Test is described as a merchant.',
    });
  });

  test('a framework that names the proof it expects takes no other', () => {
    const pci = {
      frameworks: [{ id: 'pci-dss', categories: [] }],
      services: [use({ id: 'web', service: 'aws/s3', data: ['cardholder'] })],
      conditions: { premises: { holds: false } },
    };
    const media = asked({ requirements: ['pci-dss:9.4.7'] });
    const aoc = onFile({ type: 'pci-aoc', issued: '2026-01-01', expires: '2026-12-31' });
    const conditions = { premises: { holds: false }, endpoints: { holds: false } };
    expect(supported(media, withStatements([], { ...pci, conditions })).blank?.code).toBe('unproven');
    expect(supported(media, withStatements([], { ...pci, conditions, assurances: [aoc] })).means).toBe('yes');
  });
});

describe('what the description states', () => {
  const known = sampleKnowledge('clinic');
  test.each<[string, object, unknown]>([
    ['its name', { fact: { text: 'organization' } }, { text: 'Fernhill Clinic, Inc.' }],
    ['data it holds', { fact: { holds: ['health'] } }, { means: 'yes' }],
    ['a role it has', { fact: { role: 'pci-dss:merchant' } }, { means: 'yes' }],
    ['a role it has not', { fact: { role: 'pci-dss:service-provider' } }, { means: 'no' }],
    [
      'a paper that not everybody has given',
      { fact: { proof: 'soc2-type2' }, controls: ['physical-access'] },
      { blank: { code: 'not-known' } },
    ],
  ])('%s', (_, what, expected) => {
    expect(supported(asked({ sense: 'fact', ...what }), known)).toMatchObject(expected as object);
  });

  test('data that only pass through are neither held nor not held', () => {
    const passing = withStatements([], {
      services: [use({ id: 'web', service: 'aws/ec2', data: ['none'], affects: ['cardholder'] })],
    });
    expect(supported(asked({ sense: 'fact', fact: { holds: ['cardholder'] } }), passing).blank?.code).toBe('not-known');
    const without = withStatements([], { services: [use({ id: 'web', service: 'aws/ec2', data: ['personal'] })] });
    expect(supported(asked({ sense: 'fact', fact: { holds: ['cardholder'] } }), without)).toMatchObject({ means: 'no' });
  });

  test('a paper that everybody has given', () => {
    const given = supported(
      asked({ sense: 'fact', fact: { proof: 'soc2-type2' }, controls: ['tenant-isolation'] }),
      withStatements([]),
    );
    expect(given).toMatchObject({ means: 'yes', comment: 'On file: AWS SOC 2.' });
  });

  test.each<[string, object, boolean, unknown]>([
    ['holds', { transfers: { holds: true, note: 'To a helper.' } }, false, { means: 'yes', comment: 'To a helper.' }],
    ['holds, without a word', { transfers: { holds: true } }, false, { comment: 'As described: transfers to third countries.' }],
    [
      'does not hold',
      { transfers: { holds: false } },
      false,
      { means: 'no', comment: expect.stringContaining('No personal data') },
    ],
    ['holds of more than is asked', { transfers: { holds: true } }, true, { blank: { code: 'not-known' } }],
    ['does not hold, nor any part of it', { transfers: { holds: false } }, true, { means: 'no' }],
    ['is assumed because nobody has said', {}, false, { blank: { code: 'not-known' } }],
  ])('a condition that %s', (_, conditions, inverse, expected) => {
    const question = asked({ sense: 'fact', fact: { condition: 'transfers' }, inverse });
    expect(supported(question, withStatements([], { conditions: conditions as never }))).toMatchObject(expected as object);
  });

  test.each<[string, object, unknown]>([
    ['denied', { issuer: { holds: false } }, { means: 'no' }],
    ['true', { issuer: { holds: true } }, { blank: { code: 'asks-more' } }],
    ['not stated', {}, { blank: { code: 'asks-more' } }],
  ])('a control with an exception that is %s', (_, conditions, expected) => {
    const known = withStatements([say('sensitive-authentication-data', 'implemented')], { conditions: conditions as never });
    const question = asked({ controls: ['sensitive-authentication-data'], inverse: true, unless: 'issuer' });
    expect(supported(question, known)).toMatchObject(expected as object);
  });

  test.each<[string[], string[], string | undefined]>([
    [['us-east-1'], ['US'], 'yes'],
    // Whether data come from there or are reached from there nobody has said.
    [['us-east-1'], ['CN'], undefined],
    [['us-east-1', 'atlantis-1'], ['US'], 'yes'],
    [['us-east-1', 'atlantis-1'], ['CN'], undefined],
    [[], ['CN'], undefined],
  ])('data in %j, asked for %j', (regions, countries, means) => {
    const known = withStatements([], { services: [use({ id: 'web', service: 'aws/ec2', data: ['personal'], regions })] });
    expect(supported(asked({ sense: 'fact', fact: { countries } }), known).means).toBe(means);
  });
});

describe("the organization's own customers", () => {
  test("their duties do not touch policies, which are the organization's own", () => {
    const duty = { id: 'keys', text: 'Keep your keys secret', controls: ['authenticators'], requirements: [], services: [] };
    const known = withStatements([say('authenticators', 'implemented'), POLICY], { customerDuties: [duty] });
    expect(supported(asked({ sense: 'policy', controls: ['authenticators'] }), known)).toMatchObject({ ownership: 'own' });
  });

  test('whether they take over what stands beside their duties is open', () => {
    const duty = { id: 'users', text: 'Close accounts', controls: ['account-lifecycle'], requirements: [], services: ['web'] };
    const statements = [say('access-review', 'implemented'), say('backup', 'implemented')];
    const known = withStatements(statements, { customerDuties: [duty] });
    expect(supported(asked({ controls: ['access-review'] }), known).openToReaders).toMatch(/at the same places/);
    expect(supported(asked({ controls: ['backup'] }), known).openToReaders).toBeUndefined();
    const policy = supported(asked({ sense: 'policy', controls: ['backup'] }), withStatements([...statements, POLICY]));
    expect(policy.openToReaders).toMatch(/your own organization/);
  });

  test('their duties stand beside the answer and share the ownership', () => {
    const duty = { id: 'keys', text: 'Keep your keys secret', controls: ['authenticators'], requirements: [], services: [] };
    const known = withStatements([say('authenticators', 'implemented', { narrative: 'Secrets are hashed.' })], {
      customerDuties: [duty],
    });
    expect(supported(asked({ controls: ['authenticators'] }), known)).toMatchObject({
      ownership: 'own-and-reader',
      customer: 'Keep your keys secret.',
      sources: expect.arrayContaining([expect.objectContaining({ kind: 'customer-duty', id: 'keys' })]),
    });
  });
});

describe('over every question of every scheme', () => {
  const all = schemes().flatMap((scheme) => [...scheme.questions.values(), ...scheme.phrases]);

  test('without statements and assurances only the description answers', () => {
    const known = withStatements([], { assurances: [] });
    for (const question of all) {
      const answer = supported(question, known);
      const said = answer.means ?? answer.text;
      if (said === undefined) expect(answer).toMatchObject({ confidence: 0, blank: expect.anything() });
      else if (said !== 'not-applicable') expect(question.sense).toBe('fact');
    }
  });

  test('a yes always rests on a statement that is implemented, a live assurance or the description', () => {
    const statuses: Status[] = ['implemented', 'partial', 'planned', 'alternative', 'not-applicable', 'unanswered'];
    const controls = [...new Set(all.flatMap((question) => question.controls.map((id) => id.split('@')[0] as string)))];
    fc.assert(
      fc.property(
        fc.array(fc.record({ control: fc.constantFrom(...controls), status: fc.constantFrom(...statuses) }), { maxLength: 60 }),
        fc.boolean(),
        (statements, assured) => {
          const known = withStatements(statements, assured ? {} : { assurances: [] });
          for (const question of all) {
            const answer = supported(question, known);
            if (answer.means !== 'yes' || question.sense === 'fact') continue;
            const rests = answer.sources.some(
              ({ kind, state }) => (kind === 'statement' && state === 'Implemented') || (assured && kind === 'assurance'),
            );
            expect(rests, JSON.stringify([question, answer.sources])).toBe(true);
            expect(answer.sources.filter(({ kind }) => kind === 'statement').map(({ state }) => state)).not.toContain(
              'Unanswered',
            );
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  test('the same input gives the same answers', () => {
    const answers = (known: Knowledge): string => JSON.stringify(all.map((question) => supported(question, known)));
    expect(answers(sampleKnowledge('payments'))).toBe(answers(sampleKnowledge('payments')));
  });
});
