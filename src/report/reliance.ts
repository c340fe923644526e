import { assuranceEnd, coversService, firstDayOf } from '../assurances.ts';
import type { Matrix, MatrixFramework, MatrixRequirement, MatrixService, Part } from '../model/matrix.ts';
import type { Assurance } from '../model/system.ts';
import { joinNames } from '../sentence.ts';
import { ASSURANCE } from '../terms.ts';
import { standingOf } from './standing.ts';

/** Looks up on which proof a requirement's other parties are relied upon; what several requirements share is worked out once. */
export type Reliance = (requirement: MatrixRequirement, framework: MatrixFramework) => string[];

/** Prepares the look-up: a line for each party other than the customer, with kind, period and review of what is on file, and where it lies. */
export function relianceIn(matrix: Matrix): Reliance {
  const services = new Map(matrix.services.map((service) => [service.id, service]));
  const known = new Map<string, string>();
  return ({ row }, framework) =>
    row.parties.flatMap((id) => {
      const party = matrix.parties.find((candidate) => candidate.id === id);
      if (!party || party.kind === 'customer') return [];
      const used = new Set(
        row.parts.flatMap((position) => {
          const { party: holder, service } = matrix.parts[position] as Part;
          return holder === id && service !== undefined ? [service] : [];
        }),
      );
      const key = [framework.id, id, ...used].join(' ');
      const line =
        known.get(key) ??
        `${party.short}: ${proof(
          matrix,
          framework,
          [party.id, party.name],
          [...used].flatMap((name) => services.get(name) ?? []),
        )}`;
      known.set(key, line);
      return [line];
    });
}

function proof(matrix: Matrix, framework: MatrixFramework, provider: string[], services: MatrixService[]): string {
  const onFile = matrix.assurances.filter(
    (assurance) =>
      provider.includes(assurance.provider) &&
      (framework.expects.length === 0 || framework.expects.includes(assurance.type)) &&
      standingOf(firstDayOf(assurance), undefined, matrix.asOf) !== 'Not yet begun',
  );
  if (onFile.length === 0)
    return framework.expects.length === 0
      ? 'nothing on file'
      : `no ${joinNames(framework.expects.map((type) => ASSURANCE[type]))} on file`;
  const open = services.filter((service) => !onFile.some((assurance) => coversService(assurance, service)));
  const gap =
    open.length > 0
      ? `; not covered: ${joinNames(
          open.map((service) => service.name),
          4,
        )}`
      : '';
  return `${onFile.map((assurance) => describe(assurance, matrix.asOf)).join('; ')}${gap}`;
}

function describe(assurance: Assurance, asOf: string): string {
  const last = assuranceEnd(assurance);
  return [
    ASSURANCE[assurance.type],
    assurance.period ? `period ${assurance.period.from} to ${assurance.period.to}` : '',
    assurance.issued ? `issued ${assurance.issued}` : '',
    last ? `${standingOf(undefined, last, asOf) === 'Expired' ? 'expired' : 'counts until'} ${last}` : '',
    assurance.reviewed ? `reviewed by ${assurance.reviewed.by} on ${assurance.reviewed.on}` : 'not reviewed',
    assurance.file ?? assurance.url ?? '',
  ]
    .filter(Boolean)
    .join(', ');
}
