import * as v from 'valibot';
import { POLICY_RULES, REVIEW_CYCLES } from '../terms.ts';
import {
  ASSURANCE_TYPES,
  AUTHORIZATIONS,
  CLAIMS,
  date,
  HOLDERS,
  id,
  METHODS,
  OPINIONS,
  path,
  SAFEGUARDS,
  STATUSES,
  text,
  url,
} from './words.ts';

/**
 * The shape of a system description, with the descriptions that editors show. The JSON Schema in `schema/` is generated from it.
 * Every top-level key may stand in any of the included files; lists are joined.
 */

const says = <T extends v.GenericSchema>(schema: T, description: string) => v.pipe(schema, v.description(description));
const list = <T>(item: v.GenericSchema<unknown, T>) => v.optional(v.array(item), []);
const map = <T>(value: v.GenericSchema<unknown, T>) => v.optional(v.record(v.string(), value), {});

const period = v.strictObject({ from: says(date, 'First day.'), to: says(date, 'Last day.') });
const review = v.strictObject({
  by: says(text, 'Who reviewed it.'),
  on: says(date, 'When.'),
  note: v.optional(says(text, 'What it brought to light.')),
});
const paper = v.strictObject({
  title: says(text, 'Title of the paper.'),
  on: says(date, 'Day of signature.'),
  expires: v.optional(says(date, 'Last day on which it counts.')),
  file: v.optional(says(path, 'Path of the file, relative to this one.')),
  url: v.optional(says(url, 'Where it is kept.')),
});
const country = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'write the two-letter code of the country, such as DE'));
const switchValue = v.union([v.string(), v.boolean(), v.number()]);

const evidence = v.union([
  text,
  v.strictObject({
    title: says(text, 'What it is.'),
    file: v.optional(says(path, 'Path of the file, relative to this one.')),
    url: v.optional(says(url, 'Where it is kept.')),
    date: v.optional(says(date, 'The day it was made.')),
    expires: v.optional(says(date, 'The day from which it no longer counts.')),
    sha256: v.optional(
      says(
        v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'write 64 hexadecimal digits, lower case')),
        'SHA-256 of the file, so that a later change of it is found.',
      ),
    ),
  }),
]);

export const service = v.strictObject({
  id: says(id, 'Your own short name for this use of the service, unique in the system.'),
  title: v.optional(says(text, 'How reports call it. Default: the name of the service.')),
  service: v.optional(says(text, 'Catalogue id, such as aws/rds. See `demarc list services`.')),
  model: v.optional(says(id, 'Service model, for a service the catalogue does not know: saas, paas, iaas … or unknown.')),
  provider: v.optional(
    says(
      text,
      'Who provides a service the catalogue does not know: a name, an id from `parties`, or `self` for your own organization.',
    ),
  ),
  purpose: says(text, 'What the system uses it for.'),
  data: says(v.array(id), 'Kinds of data it holds: personal, special-category, health, cardholder … or none.'),
  affects: says(list(id), 'Kinds of data it does not hold, but that pass through it or whose security depends on it.'),
  regions: says(
    list(text),
    'Regions in which it is used, as the provider calls them; two-letter country codes where it has none.',
  ),
  owner: v.optional(says(text, 'Who answers for your parts of it.')),
  options: says(map(switchValue), 'Choices that move the line, such as launch-type: ec2.'),
  facts: says(
    map(v.string()),
    "What the provider's documentation says and the catalogue does not, such as audit-logs: optional. See `demarc list facts`.",
  ),
  components: says(
    map(v.strictObject({ holder: v.picklist(HOLDERS), reason: says(text, 'Why it differs from the catalogue.') })),
    'Components that somebody else holds than the catalogue says.',
  ),
  'managed-by': says(
    list(
      v.strictObject({
        party: says(id, 'A third party from `parties`.'),
        components: says(v.pipe(v.array(id), v.minLength(1, 'name at least one component')), 'The layers it runs for you.'),
        note: v.optional(text),
      }),
    ),
    'Third parties that run some of your layers of this service.',
  ),
});

const cuec = v.strictObject({
  id: says(text, 'The number or name that the report gives it.'),
  text: says(text, 'What the report expects, in your own words.'),
  controls: says(list(id), 'Your controls that meet it. See `demarc list controls`.'),
  owner: v.optional(says(text, 'Who answers for it.')),
  'not-relevant': v.optional(says(text, 'Why it does not concern this system, where it does not.')),
});

export const assurance = v.strictObject({
  id: says(id, 'Your own short name for it.'),
  provider: says(text, 'Provider id or the name used under `services`.'),
  type: says(v.picklist(ASSURANCE_TYPES), 'What kind of proof it is.'),
  title: says(text, 'Title of the report or agreement.'),
  period: v.optional(says(period, 'The time it covers.')),
  issued: v.optional(says(date, 'Day of issue or signature.')),
  expires: v.optional(says(date, 'Last day on which it counts.')),
  services: says(list(text), 'Your service ids or catalogue ids it covers; empty means all of the provider.'),
  regions: says(list(text), 'Regions it covers; empty means all.'),
  excludes: says(
    v.optional(v.strictObject({ services: list(text), regions: list(text) }), { services: [], regions: [] }),
    'Services and regions that it leaves out by name.',
  ),
  bridges: v.optional(says(id, 'For a bridge letter: the id of the report whose gap it closes.')),
  'carves-out': says(list(text), 'Providers behind this one that the report leaves to reports of their own.'),
  opinion: v.optional(says(v.picklist(OPINIONS), 'What the auditor concluded.')),
  cuecs: says(list(cuec), 'Complementary user entity controls that the report expects of you.'),
  reviewed: v.optional(says(review, 'Your review of it.')),
  file: v.optional(says(path, 'Path of the file, relative to this one.')),
  url: v.optional(says(url, 'Where it is kept.')),
  note: v.optional(text),
});

const statement = v.strictObject({
  control: v.optional(says(id, 'The control this answers, for every framework at once. See `demarc list controls`.')),
  requirement: v.optional(says(text, 'Or one requirement, such as pci-dss:8.4.2.')),
  services: says(list(id), 'The services it holds for; empty means all.'),
  status: says(v.picklist(STATUSES), 'Where you stand.'),
  owner: v.optional(says(text, 'Who answers for it.')),
  narrative: v.optional(says(text, 'How you do it, in your own words.')),
  evidence: says(list(evidence), 'What shows it: a title, or a map with file, url, date and expires.'),
  implemented: v.optional(says(date, 'Since when it has been in place.')),
  due: v.optional(says(date, 'By when it will be, if it is planned or partial.')),
  reviewed: v.optional(says(review, 'The last review of this statement.')),
  decision: v.optional(
    says(
      v.strictObject({
        by: says(text, 'Who decided.'),
        on: says(date, 'When.'),
        reason: says(text, 'Why, and for an alternative measure: what is done instead.'),
      }),
      'The decision to meet it by an alternative measure or not at all, as an addressable specification asks to be recorded.',
    ),
  ),
});

const subProcessor = v.strictObject({
  name: says(text, 'Who it is.'),
  country: says(country, 'Where it handles the data (ISO 3166 code).'),
  purpose: says(text, 'What for.'),
  services: says(list(id), 'Your service ids it stands behind; empty means all of the provider.'),
});

const claim = v.strictObject({
  requirement: says(text, 'The requirement, such as pci-dss:10.2.1.'),
  services: says(list(id), 'Your service ids it speaks of; empty means all of the provider.'),
  says: says(v.picklist(CLAIMS), 'Whose it is by the document.'),
  note: v.optional(text),
});

export const providerRecord = v.strictObject({
  provider: says(text, 'Provider id, party id, or the name used under `services`.'),
  description: v.optional(says(text, 'What it does for you. Default: what its services in use are for.')),
  owner: v.optional(says(text, 'Who looks after the relationship.')),
  agreement: v.optional(says(paper, 'The agreement with it.')),
  acknowledgment: v.optional(says(paper, 'Its written word that it answers for its part.')),
  'due-diligence': v.optional(says(review, 'The look taken at it before it was engaged.')),
  'status-checked': v.optional(says(review, 'The last look at its compliance status.')),
  method: v.optional(
    says(v.picklist(METHODS), 'Whether its controls are left to its own report (carve-out) or audited with yours (inclusive).'),
  ),
  authorization: v.optional(says(v.picklist(AUTHORIZATIONS), 'How it may engage sub-processors.')),
  'sub-processors': says(list(subProcessor), 'Who stands behind it and handles the same data.'),
  'sub-processors-checked': v.optional(says(review, 'The last look at its list of sub-processors.')),
  claims: says(list(claim), 'What its own responsibility matrix says, to be held against this one.'),
});

const contact = v.strictObject({
  name: says(text, 'Who it is.'),
  contact: v.optional(says(text, 'How it is reached.')),
  representative: v.optional(says(text, 'Its representative.')),
  officer: v.optional(says(text, 'Its data protection officer.')),
});

const activity = v.strictObject({
  id: says(id, 'Your own short name for it.'),
  title: says(text, 'What it is called.'),
  role: says(v.picklist(['controller', 'processor']), 'Whether you decide on it or act on behalf of somebody who does.'),
  purposes: says(list(text), 'What for (Art. 30(1)(b)).'),
  processing: says(list(text), 'Categories of processing on behalf of each controller (Art. 30(2)(b)).'),
  subjects: says(list(text), 'Categories of data subjects.'),
  data: says(list(text), 'Categories of personal data.'),
  recipients: says(list(text), 'Categories of recipients, beside the providers of the services named.'),
  services: says(list(id), 'Your service ids in which it takes place.'),
  erasure: v.optional(says(text, 'Time limits envisaged for erasure.')),
  basis: v.optional(says(text, 'The legal basis, such as Art. 6(1)(b).')),
  'joint-controllers': says(list(contact), 'Who decides with you.'),
  controllers: says(list(contact), 'On whose behalf you act.'),
  owner: v.optional(says(text, 'Who answers for it.')),
});

export const systemFile = v.strictObject({
  demarc: v.optional(says(v.literal(1), 'Version of this format: 1.')),
  include: says(list(path), 'Further files of this description, relative to this one.'),
  organization: v.optional(
    says(
      v.strictObject({
        name: says(text, 'Legal name.'),
        short: v.optional(says(text, 'Name used in running text.')),
        address: v.optional(text),
        contact: v.optional(says(text, 'How it is reached.')),
        representative: v.optional(says(text, 'Its representative in the Union (GDPR Art. 27).')),
        officer: v.optional(says(text, 'Its data protection officer, with contact details.')),
        note: v.optional(text),
      }),
      'The organization whose responsibilities are described.',
    ),
  ),
  system: v.optional(
    says(
      v.strictObject({
        name: says(text, 'Name of the system.'),
        description: says(text, 'What it does and for whom.'),
        owner: v.optional(says(text, 'Who answers for everything that has no other owner.')),
      }),
      'The system in scope.',
    ),
  ),
  period: v.optional(says(period, 'The period the pack is about.')),
  'as-of': v.optional(says(date, 'The day as of which everything is judged. Default: today, or --as-of.')),
  catalogue: v.optional(
    says(text, 'Folder of your own catalogue, relative to this file and laid over the built-in one. Only in the main file.'),
  ),
  policy: v.optional(
    says(
      v.strictObject({
        every: v.optional(says(v.picklist(REVIEW_CYCLES), 'How often you review. Default: quarterly.'), 'quarterly'),
        'fail-on': v.optional(says(v.array(v.picklist(POLICY_RULES)), 'What makes a review fail. An empty list: nothing.'), [
          'new-high-findings',
          'duties-without-statement',
        ]),
      }),
      'How `demarc review` judges.',
    ),
  ),
  frameworks: says(
    list(
      v.union([
        id,
        v.strictObject({
          id: says(id, 'Framework id, such as soc2.'),
          categories: says(list(id), 'Categories in scope, for a framework that has them.'),
        }),
      ]),
    ),
    'Frameworks in scope. See `demarc list frameworks`.',
  ),
  roles: says(
    map(v.union([id, v.array(id)])),
    'Your role under each framework: gdpr: controller, hipaa: covered-entity, pci-dss: merchant …',
  ),
  conditions: says(
    map(
      v.union([
        v.boolean(),
        v.strictObject({
          holds: v.boolean(),
          frameworks: v.optional(says(v.array(id), 'Where it holds only in the scope of some frameworks, which ones.')),
          note: v.optional(says(text, 'Printed beside it. Put it in quotes if it contains a comma.')),
        }),
      ]),
    ),
    'Facts of the system on which requirements depend, each true or false. See `demarc list conditions`.',
  ),
  parties: says(
    list(
      v.strictObject({
        id: says(id, 'Short name used in `managed-by`.'),
        name: says(text, 'Legal name.'),
        short: v.optional(says(text, 'How sentences call it.')),
        description: v.optional(text),
      }),
    ),
    'Third parties that run layers for you, and providers that the catalogue does not know.',
  ),
  services: says(list(service), 'The services in use.'),
  assurances: says(list(assurance), 'Reports and agreements from providers that you have on file.'),
  statements: says(list(statement), 'How you meet your parts.'),
  exclusions: says(
    list(
      v.strictObject({
        requirement: says(text, 'The requirement, such as pci-dss:9.5.1.'),
        reason: says(text, 'Why it does not apply. It is printed.'),
        'approved-by': v.optional(says(text, 'Who decided.')),
        until: v.optional(says(date, 'The last day on which the decision holds; after it the requirement is back.')),
      }),
    ),
    'Requirements you have taken out of scope, with reasons.',
  ),
  providers: says(list(providerRecord), 'What you keep on file about each provider beside its assurances.'),
  'customer-duties': says(
    list(
      v.strictObject({
        id: says(id, 'Your own short name for it.'),
        text: says(text, 'What your customers have to do, as a sentence.'),
        controls: says(list(id), 'The controls it belongs to.'),
        requirements: says(list(text), 'Requirements it belongs to, such as pci-dss:8.3.6.'),
        services: says(list(id), 'Your service ids it concerns; empty means the system as a whole.'),
      }),
    ),
    'What you expect of your own customers so that your service holds.',
  ),
  processing: says(list(activity), 'Records of processing activities (GDPR Art. 30).'),
  transfers: says(
    list(
      v.strictObject({
        service: v.optional(says(id, 'Your service id.')),
        provider: v.optional(
          says(text, 'Or every service of a provider: its id, a party id, or the name used under `services`.'),
        ),
        country: v.optional(says(country, 'The country; left out, every country the service reaches.')),
        recipient: v.optional(says(text, 'Who receives the data there.')),
        safeguard: says(v.picklist(SAFEGUARDS), 'What makes the transfer lawful.'),
        reference: says(text, 'Where it is written down.'),
        assessment: v.optional(
          says(
            v.strictObject({ reference: says(text, 'Where it is kept.'), on: says(date, 'When it was made.') }),
            'The transfer impact assessment.',
          ),
        ),
      }),
    ),
    'Safeguards for transfers of personal data to third countries.',
  ),
  suppressions: says(
    list(
      v.strictObject({
        finding: says(text, 'The id of the finding, as `demarc check` prints it.'),
        reason: says(text, 'Why you live with it.'),
        'approved-by': says(text, 'Who decided.'),
        until: says(date, 'Until when the decision holds.'),
      }),
    ),
    'Findings that you know and live with until a day.',
  ),
  signatories: says(
    list(
      v.strictObject({
        name: v.optional(says(text, 'Left out, a line is printed for it.')),
        title: says(text, 'Office held.'),
        role: v.optional(says(text, 'What the signature stands for.')),
      }),
    ),
    'Who signs the pack.',
  ),
});

/** One file of a description, as read and before it is merged with the others. */
export type SystemFile = v.InferOutput<typeof systemFile>;
