import * as v from 'valibot';
import { assurance, providerRecord, service, systemFile } from './system-file.ts';
import { id, text } from './words.ts';

/**
 * The shape of a change: what would be otherwise in a description. It has the lists and maps of a description; services, assurances and
 * provider records need only say what differs.
 */

const { frameworks, roles, conditions, parties, statements, exclusions, processing, transfers, suppressions } =
  systemFile.entries;
const names = v.optional(v.array(text), []);
const part = <T>(item: v.GenericSchema<unknown, T>) => v.optional(v.array(item), []);

export const changeFile = v.strictObject({
  demarc: systemFile.entries.demarc,
  remove: v.optional(
    v.strictObject({
      services: names,
      assurances: names,
      parties: names,
      statements: names,
      exclusions: names,
      frameworks: names,
    }),
  ),
  frameworks,
  roles,
  conditions,
  parties,
  services: part(v.strictObject({ ...v.partial(service).entries, id })),
  assurances: part(v.strictObject({ ...v.partial(assurance).entries, id })),
  statements,
  exclusions,
  providers: part(v.strictObject({ ...v.partial(providerRecord).entries, provider: text })),
  'customer-duties': systemFile.entries['customer-duties'],
  processing,
  transfers,
  suppressions,
});

/** A change as read, and before it is laid over a description. */
export type ChangeFile = v.InferOutput<typeof changeFile>;
