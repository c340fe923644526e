import type { Block, Cell, Run, Tone } from '../../document.ts';
import type { MatrixRequirement } from '../../model/matrix.ts';
import { bold, cell, plain, textCell } from '../cells.ts';
import type { Annex, AnnexCell } from './annex.ts';
import { judged } from './cells.ts';
import type { Engaged } from './engaged.ts';
import { type Responsible, type Split, splitter, type With } from './pci-split.ts';
import { namesAmong, proofCell } from './proofs.ts';

/** PCI DSS 12.8.5: which requirements each TPSP manages, which the entity, and which both, with the system components concerned. */
export const pciMatrix: Annex = {
  id: 'pci-12.8.5',
  framework: 'pci-dss',
  title: 'PCI DSS 12.8.5: responsibility matrix',
  sheet: 'PCI 12.8.5 matrix',
  answers: ['12.8.5'],
  make({ matrix, framework, index }) {
    const { tpsps, split } = splitter(framework, matrix, index);
    const splits = framework.requirements.map((requirement) => ({ requirement, ways: split(requirement.row) }));
    const papers = new Map(tpsps.map((tpsp) => [tpsp, proofCell(tpsp.services, tpsp, framework.expects, matrix)]));
    return {
      columns: [
        { title: 'Requirement', width: 14 },
        { title: 'Title', width: 36 },
        { title: 'Responsible', width: 18 },
        { title: 'TPSP', width: 26 },
        { title: 'Related system components', width: 44 },
        { title: "TPSP's half", width: 60 },
        { title: "Entity's half", width: 60 },
        { title: 'Attestation relied on', width: 50 },
      ],
      rows: splits.flatMap(({ requirement, ways }) => ways.flatMap((each) => sheetRows(requirement, each, papers))),
      // A requirement has many lines in the workbook, one for each TPSP; on paper it has one.
      print: {
        columns: [
          { title: 'Requirement', share: 18 },
          { title: 'TPSP solely', share: 20 },
          { title: 'Jointly, and which half is whose', share: 40 },
          { title: 'Entity solely', share: 22 },
        ],
        rows: splits.map(({ requirement, ways }) => printRow(requirement, ways)),
      },
      empty: 'PCI DSS has no requirements here.',
      before: [legend(tpsps, papers)],
    };
  },
};

type Papers = ReadonlyMap<With['tpsp'], Cell>;

const TONE: Record<Responsible, Tone> = {
  'TPSP solely': 'blue',
  Jointly: 'violet',
  'Entity solely': 'amber',
  'Not determined': 'red',
  'Not applicable': 'gray',
};

function sheetRows({ id, title }: MatrixRequirement, split: Split, papers: Papers): AnnexCell[][] {
  const responsible = judged(split.responsible, TONE[split.responsible]);
  const { tpspHalf, entityHalf } = split;
  if (split.with.length === 0) return [[id, title, responsible, '', '', tpspHalf, entityHalf, '']];
  return split.with.map(({ tpsp, services }) => [
    id,
    title,
    responsible,
    tpsp?.party.name ?? '',
    namesAmong(services, tpsp?.services ?? services) || 'The entity as a whole',
    tpspHalf,
    entityHalf,
    papers.get(tpsp) ?? '',
  ]);
}

function printRow({ id, title }: MatrixRequirement, splits: readonly Split[]): Cell[] {
  const head: Cell = { ...cell([[bold(id), plain(`  ${title}`)]]), rowHeader: true };
  const [first] = splits;
  if (first?.with.length === 0)
    return [head, judged(first.responsible, TONE[first.responsible]), cell([[plain(first.entityHalf)]]), cell([])];
  const of = (responsible: Responsible): Split[] => splits.filter((split) => split.responsible === responsible);
  const alone = (responsible: Responsible): Cell => {
    const with_ = of(responsible).flatMap((split) => split.with);
    return cell(with_.length > 0 ? [withRuns(with_)] : []);
  };
  const joint = [...of('Jointly'), ...of('Not determined')];
  return [
    head,
    alone('TPSP solely'),
    cell(
      joint.map((split): Run[] => [
        ...withRuns(split.with),
        plain('. '),
        ...(split.responsible === 'Not determined' ? [bold('Not determined. ')] : []),
        ...(split.tpspHalf ? [{ text: 'TPSP: ', italic: true }, plain(`${split.tpspHalf}. `)] : []),
        ...(split.entityHalf ? [{ text: 'Entity: ', italic: true }, plain(`${split.entityHalf}.`)] : []),
      ]),
    ),
    alone('Entity solely'),
  ];
}

/** Each TPSP with its system components. */
function withRuns(entries: readonly With[]): Run[] {
  return entries.flatMap(({ tpsp, services }, i): Run[] => {
    // By their short ids, which the list above the table explains: names would fill the page.
    const names = namesAmong(services, tpsp?.services ?? services, ({ id }) => id);
    return [
      ...(i > 0 ? [plain('; ')] : []),
      ...(tpsp ? [bold(`${tpsp.party.short}: `)] : []),
      plain(names || 'the entity as a whole'),
    ];
  });
}

/** The TPSPs with the attestation relied on, and the short ids of their services, by which the matrix names them. */
function legend(tpsps: readonly Engaged[], papers: Papers): Block {
  return {
    kind: 'table',
    caption: 'TPSPs, attestations relied on, and system components',
    dense: true,
    columns: [
      { title: 'TPSP', share: 16 },
      { title: 'Attestation of Compliance', share: 34 },
      { title: 'System components, by the ids used below', share: 50 },
    ],
    rows: tpsps.map((tpsp) => ({
      kind: 'row',
      cells: [
        textCell(tpsp.party.name, { rowHeader: true }),
        papers.get(tpsp) ?? cell([]),
        textCell(tpsp.services.map(({ id, name }) => (id === name ? id : `${id}: ${name}`)).join('; ')),
      ],
    })),
  };
}
