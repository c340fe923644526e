import type { Matrix, MatrixService } from '../../model/matrix.ts';
import { sentenceCase } from '../../sentence.ts';
import type { Annex, AnnexCell, AnnexContext } from './annex.ts';
import { judged } from './cells.ts';
import { type Engaged, engagedUnder, kindsInScope } from './engaged.ts';
import { proofCell } from './proofs.ts';
import { standingOfControl, statusText } from './standing.ts';

/** HIPAA: where ePHI is, system by system and region by region. */
export const ephiInventory: Annex = {
  id: 'hipaa-ephi',
  framework: 'hipaa',
  title: 'HIPAA: inventory of ePHI by system and region',
  sheet: 'HIPAA ePHI inventory',
  answers: ['164.308(a)(1)(ii)(A)', '164.306(c)'],
  make(context) {
    const { matrix, framework } = context;
    const engaged = engagedUnder(framework, matrix);
    const kinds = new Set(kindsInScope(framework, matrix).map(({ id }) => id));
    return {
      columns: [
        { title: 'System', width: 34, paper: 24 },
        { title: 'Purpose', width: 50, paper: 'under' },
        { title: 'Region', width: 18, paper: 14 },
        { title: 'Country', width: 20, paper: 'under' },
        { title: 'ePHI', width: 24, paper: 13 },
        { title: 'Run by', width: 30, paper: 15 },
        { title: 'Owner', width: 26, paper: 'led' },
        { title: 'Stored data', width: 50, paper: 32 },
        { title: 'Connections', width: 50, paper: 'led' },
        { title: 'Keys', width: 50, paper: 'led' },
        { title: 'What we have set', width: 40, paper: 'led' },
        { title: 'Business associate agreement', width: 50, paper: 20 },
      ],
      rows: matrix.services
        .filter((service) => framework.services.includes(service.id))
        .flatMap((service) =>
          (service.regions.length > 0 ? service.regions : ['']).map((region): AnnexCell[] => [
            service.name,
            service.purpose,
            region || 'No region named',
            countryOf(region, service, matrix),
            service.data.some((kind) => kinds.has(kind)) ? judged('Holds it', 'amber') : judged('Passes or affects it', 'gray'),
            service.providerName,
            service.owner ?? matrix.system.owner ?? '',
            fact('encryption-at-rest', service, matrix),
            fact('encryption-in-transit', service, matrix),
            fact('key-custody', service, matrix),
            ourSettings(service, context),
            agreement(service, engaged, matrix),
          ]),
        ),
      empty: 'No service holds or affects ePHI.',
      remedy: 'If one does, say so under services: with data: [health] or affects: [health].',
    };
  },
};

function countryOf(region: string, service: MatrixService, matrix: Matrix): string {
  const id = service.countries.find((entry) => entry.region === region)?.country;
  return matrix.countries.find((country) => country.id === id)?.title ?? id ?? '';
}

/** What is in force on a service, in the words of the fact. */
function fact(id: string, service: MatrixService, matrix: Matrix): string {
  const value = service.factsInForce[id];
  if (value === undefined) return '';
  return sentenceCase(matrix.facts.find((candidate) => candidate.id === id)?.values[value] ?? value);
}

/** Where encryption is the customer's to set: whether the organization says that it has. */
function ourSettings(service: MatrixService, { matrix, index }: AnnexContext): string {
  const isOurs = (control: string): boolean =>
    matrix.parts.some(
      (part) => part.service === service.id && part.control === control && index.parties.get(part.party)?.kind === 'customer',
    );
  return [
    { what: 'stored data', control: 'encryption-at-rest' },
    { what: 'connections', control: 'encryption-in-transit' },
  ]
    .filter(({ control }) => isOurs(control))
    .map(({ what, control }) => `${what}: ${statusText(standingOfControl(control, [service.id], index).statuses).toLowerCase()}`)
    .join('; ');
}

function agreement(service: MatrixService, engaged: readonly Engaged[], matrix: Matrix): AnnexCell {
  const provider = engaged.find(({ party }) => party.id === service.partyId);
  return provider ? proofCell([service], provider, ['baa'], matrix) : 'Not needed: run by the organization itself';
}
