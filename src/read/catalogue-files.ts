import * as v from 'valibot';
import { ASSURANCE_TYPES, date, FREQUENCIES, HOLDERS, id, KEEPINGS, PROVIDER_KINDS, TRANSFERS, text, url } from './words.ts';

/** The shape of every file of a catalogue, as people write it. */

const list = <T>(item: v.GenericSchema<unknown, T>) => v.optional(v.array(item), []);
const map = <T>(value: v.GenericSchema<unknown, T>) => v.optional(v.record(v.string(), value), {});
const holder = v.picklist(HOLDERS);
const frequency = v.picklist(FREQUENCIES);
const source = v.strictObject({ title: text, url });
const country = v.pipe(v.string(), v.regex(/^([A-Z]{2}|unknown)$/, 'write the two-letter country code, such as US'));

/** The shape of `controls/components.yaml`. */
export const componentsFile = v.strictObject({
  components: v.array(
    v.strictObject({
      id,
      title: text,
      layer: v.picklist(['stack', 'cross-cutting', 'system', 'provider']),
      phrase: text,
      description: text,
      when: v.optional(id),
    }),
  ),
});

/** The shape of `controls/models.yaml`. */
export const modelsFile = v.strictObject({
  models: v.array(
    v.strictObject({ id, title: text, description: text, holders: v.record(v.string(), holder), facts: map(v.string()) }),
  ),
});

/** The shape of `controls/facts.yaml`. */
export const factsFile = v.strictObject({
  facts: v.array(
    v.strictObject({
      id,
      title: text,
      question: text,
      needs: v.optional(id),
      'of-data': v.optional(v.boolean(), false),
      values: v.record(v.string(), v.strictObject({ holder: v.optional(holder), says: text, components: map(holder) })),
    }),
  ),
});

/** The shape of `controls/conditions.yaml`. */
export const conditionsFile = v.strictObject({
  conditions: v.array(v.strictObject({ id, title: text, question: text, absent: text, 'implied-by': list(id) })),
});

/** The shape of `controls/data-kinds.yaml`. */
export const dataKindsFile = v.strictObject({
  'data-kinds': v.array(v.strictObject({ id, title: text, description: text, implies: list(id) })),
});

/** The shape of `controls/countries.yaml`. */
export const countriesFile = v.strictObject({
  countries: v.array(
    v.strictObject({
      id: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'write the two-letter country code, such as US')),
      title: text,
      transfer: v.picklist(TRANSFERS),
      basis: text,
      source,
    }),
  ),
});

/** The shape of `controls/<family>.yaml`. */
export const controlsFile = v.strictObject({
  controls: v.array(
    v.strictObject({
      id,
      title: text,
      objective: text,
      surface: v.array(v.union([v.string(), v.strictObject({ component: v.string(), fact: v.optional(v.string()) })])),
      parts: v.strictObject({
        provider: v.optional(text),
        provides: v.optional(text),
        configure: v.optional(text),
        implement: v.optional(text),
        organization: v.optional(text),
        premises: v.optional(text),
        endpoint: v.optional(text),
        'provider-organization': v.optional(text),
      }),
      evidence: v.strictObject({ provider: list(text), customer: list(text) }),
      review: frequency,
      anchors: v.optional(v.strictObject({ 'nist-800-53': list(text), 'nist-csf': list(text) }), {}),
    }),
  ),
});

const words = v.strictObject({
  requirement: text,
  requirements: text,
  provider: text,
  'provider-short': text,
  customer: text,
  'provider-part': text,
  'customer-part': text,
  proof: text,
  assessor: text,
});

/** The shape of `frameworks/<id>.yaml`. */
export const frameworkFile = v.strictObject({
  framework: v.strictObject({
    id,
    title: text,
    name: text,
    version: v.string(),
    published: text,
    publisher: text,
    source,
    text: v.picklist(['own-words', 'law']),
    notice: text,
    words,
    'words-as-provider': v.optional(v.partial(words)),
    expects: list(v.picklist(ASSURANCE_TYPES)),
    'on-file': list(
      v.strictObject({
        keep: v.picklist(KEEPINGS),
        requirements: v.pipe(v.array(text), v.minLength(1, 'name at least one requirement')),
        within: v.optional(frequency),
      }),
    ),
    decided: list(text),
    scope: v.strictObject({ data: v.union([v.literal('all'), v.array(id)]) }),
    roles: v.array(v.strictObject({ id, title: text })),
    'provider-role': v.nullish(id),
    categories: list(v.strictObject({ id, title: text, always: v.optional(v.boolean(), false) })),
    glossary: list(v.strictObject({ term: text, means: text })),
  }),
  headings: list(v.strictObject({ id: text, parent: v.optional(v.string()), title: text })),
  requirements: v.array(
    v.strictObject({
      id: text,
      parent: v.optional(v.string()),
      title: text,
      text,
      controls: list(v.union([v.string(), v.strictObject({ control: v.string(), at: v.optional(v.array(v.string())) })])),
      'no-duty': v.optional(text),
      binds: list(id),
      'helped-by': v.optional(v.array(id)),
      when: list(id),
      effective: v.optional(date),
      frequency: v.optional(v.union([frequency, v.array(frequency)]), []),
      evidence: v.optional(v.strictObject({ customer: list(text), provider: list(text) }), {}),
      designation: v.optional(text),
      category: v.optional(id),
      tier: v.optional(text),
      status: v.optional(
        v.strictObject({ state: v.picklist(['vacated', 'partly-vacated', 'superseded', 'reserved']), note: text }),
      ),
      aliases: list(v.string()),
      points: list(v.strictObject({ text, typically: list(v.picklist(['csoc', 'cuec'])) })),
    }),
  ),
});

/** The shape of `providers/<provider>/provider.yaml`. */
export const providerFile = v.strictObject({
  provider: v.strictObject({
    id,
    title: text,
    short: text,
    kind: v.picklist(PROVIDER_KINDS),
    country,
    website: v.optional(url),
    'shared-responsibility': v.optional(source),
    assurances: list(v.strictObject({ type: v.picklist(ASSURANCE_TYPES), title: text, how: text, url: v.optional(url) })),
    coverage: list(
      v.strictObject({
        type: v.picklist(ASSURANCE_TYPES),
        list: source,
        date: v.pipe(
          v.string(),
          v.regex(/^(\d{4}-\d{2}|unknown)$/, 'write the month of the list, such as "2026-05", or unknown'),
        ),
        services: v.array(id),
      }),
    ),
    'sub-processors': v.optional(v.string()),
    regions: list(v.strictObject({ id: text, title: text, country })),
  }),
});

const override = v.strictObject({ holder, reason: text, source: v.optional(source) });
/** The shape of `providers/<provider>/<category>.yaml`. */
export const servicesFile = v.strictObject({
  services: v.array(
    v.strictObject({
      id,
      title: text,
      model: id,
      summary: text,
      configure: text,
      aliases: list(text),
      facts: map(v.string()),
      components: map(override),
      options: list(
        v.strictObject({
          id,
          title: text,
          default: v.optional(v.string()),
          values: v.record(
            v.string(),
            v.strictObject({ title: text, says: v.optional(text), components: map(holder), facts: map(v.string()) }),
          ),
        }),
      ),
      overrides: list(
        v.strictObject({ requirement: v.string(), control: id, provider: v.optional(text), customer: v.optional(text), source }),
      ),
      source: v.optional(source),
      checked: v.optional(
        v.pipe(v.string(), v.regex(/^\d{4}-\d{2}(-\d{2})?$/, 'write the month of the check, such as "2026-11"')),
      ),
    }),
  ),
});

/** The shape of `texts/<framework>.yaml`: official texts by requirement, which only their licensee may supply. */
export const textsFile = v.strictObject({ texts: v.record(v.string(), text) });
