import * as v from 'valibot';
import { ASSURANCE_TYPES, date, HOLDERS, id, STATUSES, text, url } from './words.ts';

/**
 * The shape of a system description, with the descriptions that editors show. The JSON Schema in `schema/` is generated from it.
 * Every top-level key may stand in any of the included files; lists are joined.
 */

const says = <T extends v.GenericSchema>(schema: T, description: string) => v.pipe(schema, v.description(description));
const list = <T>(item: v.GenericSchema<unknown, T>) => v.optional(v.array(item), []);
const map = <T>(value: v.GenericSchema<unknown, T>) => v.optional(v.record(v.string(), value), {});

const period = v.strictObject({ from: says(date, 'First day.'), to: says(date, 'Last day.') });
const review = v.strictObject({ by: says(text, 'Who reviewed it.'), on: says(date, 'When.') });
const switchValue = v.union([v.string(), v.boolean(), v.number()]);

const evidence = v.union([
  text,
  v.strictObject({
    title: says(text, 'What it is.'),
    file: v.optional(says(text, 'Path of the file, relative to this description.')),
    url: v.optional(says(url, 'Where it is kept.')),
    date: v.optional(says(date, 'The day it was made.')),
    expires: v.optional(says(date, 'The day from which it no longer counts.')),
  }),
]);

const service = v.strictObject({
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
  regions: says(list(text), 'Regions in which it is used.'),
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

const assurance = v.strictObject({
  id: says(id, 'Your own short name for it.'),
  provider: says(text, 'Provider id or the name used under `services`.'),
  type: says(v.picklist(ASSURANCE_TYPES), 'What kind of proof it is.'),
  title: says(text, 'Title of the report or agreement.'),
  period: v.optional(says(period, 'The time it covers.')),
  issued: v.optional(says(date, 'Day of issue or signature.')),
  expires: v.optional(says(date, 'Last day on which it counts.')),
  services: says(list(text), 'Your service ids or catalogue ids it covers; empty means all of the provider.'),
  regions: says(list(text), 'Regions it covers; empty means all.'),
  reviewed: v.optional(says(review, 'Your review of it.')),
  file: v.optional(says(text, 'Path of the file, relative to this description.')),
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
});

export const systemFile = v.strictObject({
  demarc: v.optional(says(v.literal(1), 'Version of this format: 1.')),
  include: says(list(text), 'Further files of this description, relative to this one.'),
  organization: v.optional(
    says(
      v.strictObject({
        name: says(text, 'Legal name.'),
        short: v.optional(says(text, 'Name used in running text.')),
        address: v.optional(text),
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
        until: v.optional(says(date, 'Until when the decision holds.')),
      }),
    ),
    'Requirements you have taken out of scope, with reasons.',
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
