import type { Matrix, MatrixService } from '../../model/matrix.ts';
import { sentenceCase } from '../../sentence.ts';
import { bold, cell } from '../cells.ts';
import type { Annex, AnnexCell, AnnexContext } from './annex.ts';
import { judged, lines } from './cells.ts';
import { type Engaged, engagedUnder, inRegion, isRunBy, kindsInScope } from './engaged.ts';
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
        .flatMap((service) => {
          const others = othersOf(service, engaged);
          return (service.regions.length > 0 ? service.regions : ['']).map((region): AnnexCell[] => [
            service.name,
            service.purpose,
            region || 'No region named',
            countryOf(region, service, matrix),
            service.data.some((kind) => kinds.has(kind)) ? judged('Holds it', 'amber') : judged('Passes or affects it', 'gray'),
            lines([service.providerName, ...others.map(({ party }) => party.name)]),
            service.owner ?? matrix.system.owner ?? '',
            fact('encryption-at-rest', service, matrix),
            fact('encryption-in-transit', service, matrix),
            fact('key-custody', service, matrix),
            ourSettings(service, context),
            agreements(region ? inRegion(service, region) : service, others, matrix),
          ]);
        }),
      empty: 'No service holds or affects ePHI.',
      remedy: 'If one does, say so under services: with data: [health] or affects: [health].',
    };
  },
};

/** Everybody else with a hand in a service, its provider before those who run layers of it. */
function othersOf(service: MatrixService, engaged: readonly Engaged[]): Engaged[] {
  const isProvider = ({ party }: Engaged): boolean => party.id === service.partyId;
  const others = engaged.filter(({ party }) => isRunBy(service, party));
  return [...others.filter(isProvider), ...others.filter((other) => !isProvider(other))];
}

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

/** The agreement with everybody else who provides a system or runs layers of it. */
function agreements(service: MatrixService, others: readonly Engaged[], matrix: Matrix): AnnexCell {
  const each = others.map((other) => ({ party: other.party, cell: proofCell([service], other, ['baa'], matrix) }));
  const [first] = each;
  if (!first) return 'Not needed: run by the organization itself';
  if (each.length === 1 && first.party.id === service.partyId) return first.cell;
  const words = each.map(({ cell: { badges = [] } }) => badges.map(({ text }) => text).join('. '));
  const paragraphs = each.flatMap(({ party, cell: { paragraphs } }, i) => {
    const [said = [], ...more] = paragraphs;
    // The word on a single party stands above the line as it is.
    const lead = each.length > 1 && words[i] ? [bold(`${words[i]}. `)] : [];
    const line = [...lead, ...said];
    return [[bold(line.length > 0 ? `${party.name}: ` : party.name), ...line], ...more];
  });
  const open = new Set(words.filter(Boolean));
  const [word] = open;
  if (word === undefined) return cell(paragraphs);
  const isAlike = open.size === 1 && words.every(Boolean);
  return cell(paragraphs, [{ text: isAlike ? word : 'In part', tone: 'amber' }]);
}
