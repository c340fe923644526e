import * as v from 'valibot';
import type { Matrix } from '../model/matrix.ts';
import { type Problem, Problems } from '../problem.ts';
import { OWNERSHIPS } from '../terms.ts';
import { date, STATUSES } from './words.ts';

/**
 * The shape of a saved matrix, as far as anything reads one: what is checked here need not be doubted later. Unknown keys stay, so that a
 * file with more in it than this demarc knows can be read as long as its format version is the same.
 */
const texts = v.array(v.string());
const positions = v.array(v.pipe(v.number(), v.integer(), v.minValue(0)));
const map = <T>(value: v.GenericSchema<unknown, T>) => v.record(v.string(), value);
const text = v.string();
const perhaps = v.optional(v.string());
const source = v.looseObject({ title: text, url: text });
const period = v.looseObject({ from: text, to: text });
const proofs = v.looseObject({ customer: texts, provider: texts });
const place = v.optional(v.looseObject({ file: text, line: v.number(), column: v.number() }));
const basis = v.looseObject({ kind: text, says: text, by: perhaps, source: v.optional(source) });
const uses = v.array(v.looseObject({ control: text, at: v.optional(texts) }));
const ownership = v.picklist(OWNERSHIPS);
const holder = v.picklist(['provider', 'customer', 'configured', 'shared', 'absent', 'undetermined']);
const reviewed = v.optional(v.looseObject({ by: text, on: text }));
const suppressed = v.optional(v.looseObject({ reason: text, approvedBy: text, until: text }));

const row = v.looseObject({
  key: text,
  id: text,
  ownership,
  reason: perhaps,
  parties: texts,
  parts: positions,
  services: v.array(v.looseObject({ service: text, ownership, parties: texts })),
  undetermined: texts,
  status: v.optional(v.picklist(STATUSES)),
  owners: texts,
  statements: positions,
});

const requirement = v.looseObject({
  id: text,
  parent: perhaps,
  title: text,
  text,
  official: perhaps,
  controls: uses,
  noDuty: perhaps,
  binds: texts,
  helpedBy: v.optional(texts),
  when: texts,
  effective: perhaps,
  frequency: texts,
  evidence: proofs,
  designation: perhaps,
  category: perhaps,
  status: v.optional(v.looseObject({ state: text, note: text })),
  aliases: texts,
  row,
});

const framework = v.looseObject({
  id: text,
  title: text,
  name: text,
  version: text,
  notice: text,
  source,
  words: map(text),
  roles: v.array(v.looseObject({ id: text, title: text })),
  categories: v.array(v.looseObject({ id: text, title: text })),
  chosenCategories: texts,
  organizationRoles: texts,
  services: texts,
  headings: v.array(v.looseObject({ id: text, parent: perhaps, title: text })),
  requirements: v.array(requirement),
});

const service = v.looseObject({
  id: text,
  title: perhaps,
  service: perhaps,
  model: perhaps,
  provider: perhaps,
  purpose: text,
  data: texts,
  affects: texts,
  regions: texts,
  owner: perhaps,
  options: map(text),
  facts: map(text),
  components: map(v.looseObject({ holder, reason: text })),
  managedBy: v.array(v.looseObject({ party: text, components: texts, note: perhaps })),
  place,
  name: text,
  modelTitle: text,
  providerName: text,
  partyId: perhaps,
  holders: map(v.looseObject({ holder, party: text, basis })),
  factsInForce: map(text),
  factOrigins: v.optional(map(text)),
});

const part = v.looseObject({
  control: text,
  component: text,
  service: perhaps,
  party: text,
  mode: v.picklist(['operate', 'configure', 'implement']),
  voice: text,
  dependent: v.boolean(),
  undetermined: v.boolean(),
  text,
  provides: perhaps,
  basis,
  only: perhaps,
});

const statement = v.looseObject({
  control: perhaps,
  requirement: perhaps,
  services: texts,
  status: v.picklist(STATUSES),
  owner: perhaps,
  narrative: perhaps,
  evidence: v.array(v.looseObject({ title: text, file: perhaps, url: perhaps, date: perhaps, expires: perhaps })),
  implemented: perhaps,
  due: perhaps,
  reviewed,
  place,
});

const assurance = v.looseObject({
  id: text,
  provider: text,
  type: text,
  title: text,
  period: v.optional(period),
  issued: perhaps,
  expires: perhaps,
  services: texts,
  regions: texts,
  reviewed,
  place,
});

const finding = v.looseObject({
  id: text,
  rule: text,
  severity: v.picklist(['high', 'medium', 'low']),
  title: text,
  detail: text,
  remedy: text,
  requirements: texts,
  place,
  suppressed,
});

/** Lists that an older demarc did not write are empty. */
const later = <T>(item: v.GenericSchema<unknown, T>) => v.optional(v.array(item), []);

const matrix = v.looseObject({
  audience: v.picklist(['internal', 'assessor', 'customer', 'public']),
  tool: v.looseObject({ name: text, version: text }),
  catalogue: v.looseObject({ version: text }),
  asOf: date,
  organization: v.looseObject({ name: text, short: perhaps }),
  system: v.looseObject({ name: text, description: text, owner: perhaps }),
  period: v.optional(period),
  conditions: v.array(
    v.looseObject({
      id: text,
      title: text,
      holds: v.boolean(),
      stated: v.boolean(),
      reason: text,
      frameworks: v.optional(texts),
      impliedBy: v.optional(texts),
    }),
  ),
  components: v.array(v.looseObject({ id: text, title: text, layer: text, phrase: text, when: perhaps })),
  dataKinds: v.array(v.looseObject({ id: text, title: text })),
  parties: v.array(
    v.looseObject({ id: text, name: text, short: text, kind: v.picklist(['customer', 'provider', 'third-party']) }),
  ),
  providers: v.array(v.looseObject({ id: text, title: text })),
  services: v.array(service),
  controls: v.array(
    v.looseObject({
      id: text,
      title: text,
      objective: text,
      surface: v.array(v.looseObject({ component: text, fact: perhaps })),
      parts: map(text),
      evidence: proofs,
    }),
  ),
  frameworks: v.array(framework),
  parts: v.array(part),
  statements: v.array(statement),
  assurances: v.array(assurance),
  exclusions: v.array(v.looseObject({ requirement: text, reason: text, approvedBy: perhaps, until: perhaps, place })),
  providerRecords: later(v.looseObject({ provider: text, place })),
  customerDuties: later(v.looseObject({ id: text, controls: texts, place })),
  activities: later(v.looseObject({ id: text, services: texts, place })),
  transfers: later(v.looseObject({ service: text, country: text })),
  suppressions: later(v.looseObject({ finding: text, place })),
  attachments: later(v.looseObject({ path: text, sha256: perhaps })),
  signatories: v.array(v.looseObject({ title: text })),
  findings: v.array(finding),
  rules: v.array(v.looseObject({ id: text, title: text, help: text, remedy: text })),
  files: v.array(v.looseObject({ path: text, sha256: text })),
});

/** How many problems of one file are told. A damaged file is made anew, not mended by hand. */
const MOST_PROBLEMS = 5;
const AGAIN = 'Write it anew with `demarc pack`, or take the copy inside the attestation PDF of the pack.';

/**
 * Reads a saved `matrix.json`.
 * @throws Problems where it is none: no JSON, something else, of a newer demarc, or damaged.
 */
export function readMatrix(text: string, file: string): Matrix {
  const refuse = (code: string, message: string, hint: string): never => {
    throw new Problems([{ code, file, line: 0, column: 0, message, hint }]);
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('matrix-not-json', 'the file is no JSON, or ends too early', AGAIN);
  }
  const { format, formatVersion } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (format !== 'demarc-matrix')
    return refuse('not-a-matrix', 'the file is no responsibility matrix', 'Name a pack, its matrix.json, or a description.');
  if (typeof formatVersion === 'number' && formatVersion > 1)
    return refuse(
      'matrix-newer',
      `the matrix has format ${formatVersion}, and this demarc reads format 1`,
      'Use the demarc that wrote it, or a newer one.',
    );
  if (formatVersion !== 1) return refuse('matrix-damaged', 'the matrix does not say which format it has', AGAIN);
  const result = v.safeParse(matrix, value);
  if (!result.success) throw new Problems(problemsOf(result.issues, file));
  const read = result.output as unknown as Matrix;
  for (const { requirements } of read.frameworks) {
    for (const { row } of requirements) {
      if (
        row.parts.some((position) => position >= read.parts.length) ||
        row.statements.some((position) => position >= read.statements.length)
      )
        return refuse('matrix-damaged', `${row.key} refers to parts or statements that are not there`, AGAIN);
    }
  }
  return read;
}

function problemsOf(issues: readonly v.BaseIssue<unknown>[], file: string): Problem[] {
  const shown = issues.slice(0, MOST_PROBLEMS).map((issue): Problem => {
    const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
    const message = `${path.slice(1)} ${issue.received === 'undefined' ? 'is missing' : `should be ${issue.expected ?? 'otherwise'}`}`;
    return { code: 'matrix-damaged', file, line: 0, column: 0, message, hint: AGAIN };
  });
  const more = issues.length - shown.length;
  if (more > 0)
    shown.push({
      code: 'more-problems',
      file,
      line: 0,
      column: 0,
      message: `${more} further problems in this file are not shown`,
    });
  return shown;
}
