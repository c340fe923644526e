import { SEES } from '../../audience.ts';
import type { Cell } from '../../document.ts';
import type { Matrix, MatrixFramework, MatrixTransfer } from '../../model/matrix.ts';
import { joinNames, longDate, sentenceCase } from '../../sentence.ts';
import { TRANSFER } from '../../terms.ts';
import { bold, cell, linked, plain, textCell } from '../cells.ts';
import type { Annex, AnnexColumn } from './annex.ts';
import { day, missing, reviewText } from './cells.ts';
import { engagedUnder, kindsInScope } from './engaged.ts';
import { reachText, safeguardOf } from './transfers.ts';

/** GDPR chapter V: transfers of personal data, service by service and region by region, each with its safeguard. */
export const transferRegister: Annex = {
  id: 'gdpr-transfers',
  framework: 'gdpr',
  title: 'GDPR Art. 44 to 49: transfers to third countries',
  sheet: 'GDPR transfers',
  answers: ['44', '45(1)', '46(1)', '46(2)(b)', '46(2)(c)', '49(1)', '30(1)(e)', '30(2)(c)'],
  readers: 'customers',
  make({ matrix, framework }) {
    // Customers read which safeguard there is; where it is written down is the organization's.
    const isInside = SEES[matrix.audience].answers;
    const lines = [
      ...matrix.transfers
        .filter((transfer) => framework.services.includes(transfer.service))
        .map((transfer) => lineOf(transfer, matrix)),
      ...onward(framework, matrix),
      ...unknown(framework, matrix),
    ];
    return {
      columns: [
        { title: 'Service', width: 36 },
        { title: 'Regions', width: 20 },
        { title: 'Country', width: 20 },
        { title: 'How it is reached', width: 44 },
        { title: 'What the law says', width: 34 },
        { title: 'Act', width: 60 },
        { title: 'Safeguard', width: 36 },
        ...(isInside ? PAPERS : []),
      ],
      rows: lines.map((line) => [
        line.service,
        line.regions,
        line.country,
        line.reach,
        line.law,
        line.act,
        line.safeguard,
        ...(isInside ? [line.reference, line.recipient, line.assessment, day(line.assessed)] : []),
      ]),
      // Dozens of services of one provider are reached alike; on paper they stand together.
      print: {
        columns: [
          { title: 'Country', share: 12 },
          { title: 'How it is reached', share: 18 },
          { title: 'Services and regions', share: 22 },
          { title: 'What the law says', share: 20 },
          { title: 'Safeguard', share: 16 },
          ...(isInside ? [{ title: 'Transfer assessment', share: 12 }] : []),
        ],
        rows: alike(lines).map((same) => printRow(same, isInside)),
      },
      empty:
        'Every region in use, and every provider with its sub-processors so far as they are on record, is in the European Economic Area. No transfer is known.',
    };
  },
};

const PAPERS: AnnexColumn[] = [
  { title: 'Written down in', width: 50 },
  { title: 'Recipient', width: 30 },
  { title: 'Transfer assessment', width: 40 },
  { title: 'Assessed on', width: 14 },
];

/** Personal data of one service within reach of one country. */
interface TransferLine {
  service: string;
  regions: string;
  country: string;
  reach: string;
  law: string;
  act: Cell | '';
  safeguard: Cell;
  reference: string;
  recipient: string;
  assessment: Cell;
  assessed?: string;
}

function lineOf(transfer: MatrixTransfer, matrix: Matrix): TransferLine {
  const { record } = transfer;
  const safeguard = safeguardOf(transfer);
  const assessed = record?.assessment;
  return {
    service: nameOf(transfer.service, matrix),
    regions: transfer.regions.join(', '),
    country: transfer.countryTitle,
    reach: reachText(transfer, matrix),
    law: sentenceCase(TRANSFER[transfer.status]),
    act: cell([[linked(transfer.basis, transfer.source.url)]]),
    safeguard: safeguard ? textCell(safeguard) : missing(matrix, 'transfers: safeguard', 'No safeguard'),
    reference: record?.reference ?? (safeguard ? 'The decision itself' : ''),
    recipient: record?.recipient ?? '',
    assessment: assessed ? textCell(assessed.reference) : withoutAssessment(transfer, matrix),
    ...(assessed ? { assessed: assessed.on } : {}),
  };
}

/** Safeguards of Art. 46 rest on an assessment; an adequacy decision (Art. 45) and a derogation (Art. 49) do not. */
function withoutAssessment(transfer: MatrixTransfer, matrix: Matrix): Cell {
  const safeguard = transfer.record?.safeguard;
  if (safeguard === undefined) return cell([]);
  return safeguard === 'adequacy' || safeguard === 'derogation'
    ? textCell('Not asked for')
    : missing(matrix, 'transfers: assessment', 'Not assessed');
}

/** Sub-processors on record outside the European Economic Area: transfers that the processor answers for under its own terms. */
function onward(framework: MatrixFramework, matrix: Matrix): TransferLine[] {
  return engagedUnder(framework, matrix).flatMap(({ party, record, services }) =>
    (record?.subProcessors ?? []).flatMap((sub) => {
      const country = matrix.countries.find((candidate) => candidate.id === sub.country);
      if (!country || country.transfer === 'eea') return [];
      const concerned = sub.services.length > 0 ? sub.services : services.map((service) => service.id);
      const checked = record?.subProcessorsChecked;
      return concerned.map(
        (service): TransferLine => ({
          service: nameOf(service, matrix),
          regions: '',
          country: country.title,
          reach: `Sub-processor of ${party.name}: ${sub.name}`,
          law: sentenceCase(TRANSFER[country.transfer]),
          act: '',
          safeguard: textCell(`Under the terms of ${party.name} with its sub-processors (Art. 28(4))`),
          reference: checked ? `List looked at by ${reviewText(checked)}` : '',
          recipient: sub.name,
          assessment: checked ? cell([]) : missing(matrix, 'providers: sub-processors-checked', 'List not looked at'),
        }),
      );
    }),
  );
}

/** Regions of which nobody can say in which country they lie. */
function unknown(framework: MatrixFramework, matrix: Matrix): TransferLine[] {
  const kinds = new Set(kindsInScope(framework, matrix).map(({ id }) => id));
  const customer = matrix.parties.find((party) => party.kind === 'customer')?.id;
  return matrix.services.flatMap((service): TransferLine[] => {
    if (service.partyId === customer || ![...service.data, ...service.affects].some((kind) => kinds.has(kind))) return [];
    const regions = service.countries.flatMap(({ region, country }) => (country === undefined ? [region] : []));
    if (service.regions.length > 0 && regions.length === 0) return [];
    return [
      {
        service: service.name,
        regions: regions.length > 0 ? joinNames(regions) : 'no region named',
        country: 'Not known',
        reach: 'No country is on record for the region',
        law: '',
        act: '',
        safeguard: missing(matrix, 'services: regions', 'Not determined'),
        reference: '',
        recipient: '',
        assessment: cell([]),
      },
    ];
  });
}

/** Lines that differ in nothing but the service. */
function alike(lines: readonly TransferLine[]): TransferLine[][] {
  const groups = new Map<string, TransferLine[]>();
  for (const line of lines) {
    const key = JSON.stringify({ ...line, service: '', regions: '' });
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()];
}

function printRow(lines: TransferLine[], isInside: boolean): Cell[] {
  const { country, reach, law, act, safeguard, reference, recipient, assessment, assessed } = lines[0] as TransferLine;
  return [
    textCell(country, { rowHeader: true }),
    textCell(reach),
    textCell(lines.map(({ service, regions }) => (regions ? `${service} (${regions})` : service)).join('; ')),
    cell([[bold(law)], ...(act ? act.paragraphs : [])]),
    {
      ...safeguard,
      paragraphs: [
        ...safeguard.paragraphs,
        ...cell([isInside ? reference : '', ...(recipient ? [[bold('Recipient: '), plain(recipient)]] : [])]).paragraphs,
      ],
    },
    ...(isInside
      ? [{ ...assessment, paragraphs: [...assessment.paragraphs, ...cell(assessed ? [longDate(assessed)] : []).paragraphs] }]
      : []),
  ];
}

function nameOf(id: string, matrix: Matrix): string {
  return matrix.services.find((service) => service.id === id)?.name ?? id;
}
