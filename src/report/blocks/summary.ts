import { SEES } from '../../audience.ts';
import type { BarChart, Block } from '../../document.ts';
import type { Matrix, MatrixFramework, Ownership } from '../../model/matrix.ts';
import { counted, numberText, sentenceCase } from '../../sentence.ts';
import { noCounts, OWNERSHIPS } from '../../terms.ts';
import { ownershipLabel, ownershipTone } from '../ownership.ts';
import { headingPath } from './matrix-table.ts';

/** The segments of ownership charts: independent and dependent sharing are told apart in the matrix, not in the chart. */
const SEGMENTS: { ownerships: Ownership[]; label?: string }[] = [
  { ownerships: ['provider'] },
  { ownerships: ['shared-independent', 'shared-dependent'], label: 'Shared' },
  { ownerships: ['third-party'], label: 'Third party' },
  { ownerships: ['customer'] },
  { ownerships: ['not-determined'], label: 'Not determined' },
  { ownerships: ['not-applicable'], label: 'Not applicable' },
];

/** The large numbers of the summary page. */
export function keyFigures(matrix: Matrix): Block[] {
  const total = matrix.frameworks.reduce((sum, framework) => sum + framework.requirements.length, 0);
  const rows = matrix.frameworks.flatMap((framework) => framework.requirements.map((requirement) => requirement.row));
  const applicable = rows.filter((row) => row.ownership !== 'not-applicable');
  const own = applicable.filter((row) => row.parties.includes('customer'));
  const sight = SEES[matrix.audience];
  const met = own.filter((row) => row.status === 'implemented' || row.status === 'alternative');
  const live = matrix.findings.filter((finding) => !finding.suppressed);
  const high = live.filter((finding) => finding.severity === 'high').length;
  const suppressed = matrix.findings.length - live.length;
  return [
    {
      kind: 'figures',
      items: [
        {
          value: numberText(total),
          label: 'requirements listed',
          detail: `${counted(applicable.length, 'applies', 'apply')}`,
          tone: 'gray',
        },
        {
          value: numberText(own.length),
          label: sight.answers ? 'have a part of yours' : `have a part of ${nameOf(matrix)}`,
          ...(sight.status === 'none'
            ? {}
            : {
                detail: `${numberText(met.length)} ${sight.status === 'full' ? 'fully answered as met' : 'in place'}`,
              }),
          tone: 'amber',
        },
        {
          value: numberText(applicable.length - own.length),
          label: 'rest on others alone',
          detail: 'proof comes from them',
          tone: 'blue',
        },
        ...(sight.findings
          ? [
              {
                value: numberText(live.length),
                label: live.length === 1 ? 'finding' : 'findings',
                detail: `${high} of high severity${suppressed > 0 ? `, ${suppressed} more suppressed` : ''}`,
                tone: high > 0 ? ('red' as const) : ('green' as const),
              },
            ]
          : []),
      ],
    },
  ];
}

function nameOf({ organization }: Matrix): string {
  return organization.short ?? organization.name;
}

/** One bar a framework. */
export function ownershipByFramework(matrix: Matrix): Block[] {
  const first = matrix.frameworks[0];
  if (!first) return [];
  const customer = SEES[matrix.audience].answers ? 'Customer' : nameOf(matrix);
  const generic = { words: { ...first.words, 'provider-short': 'Provider', customer } };
  return [
    chart(
      'Ownership by framework',
      matrix.frameworks.map((framework) => ({
        label: `${framework.title} ${framework.version}`,
        counts: framework.counts,
        link: `#matrix-${framework.id}`,
      })),
      generic,
    ),
  ];
}

/** One bar a section of a framework. */
export function ownershipBySection(framework: MatrixFramework): Block[] {
  const sections = new Map<string, { label: string; counts: Record<Ownership, number> }>();
  for (const requirement of framework.requirements) {
    const top = headingPath(requirement, framework)[0];
    const id = top?.id ?? '';
    const entry = sections.get(id) ?? { label: top ? `${top.id}  ${top.title}` : 'Without a section', counts: noCounts() };
    entry.counts[requirement.row.ownership] += 1;
    sections.set(id, entry);
  }
  // Texts with a heading per article have too many for a chart; there the whole is one bar.
  const bars = sections.size <= 24 ? [...sections.values()] : [{ label: framework.title, counts: framework.counts }];
  return [chart(`Ownership in ${framework.title}`, bars, framework)];
}

function chart(
  title: string,
  bars: { label: string; counts: Record<Ownership, number>; link?: string }[],
  framework: Pick<MatrixFramework, 'words'>,
): BarChart {
  const value = (counts: Record<Ownership, number>, ownerships: Ownership[]): number =>
    ownerships.reduce((sum, ownership) => sum + counts[ownership], 0);
  const used = SEGMENTS.filter((segment) => bars.some((bar) => value(bar.counts, segment.ownerships) > 0));
  const segments = used.map((segment) => ({
    label: segment.label ?? ownershipLabel(segment.ownerships[0] as Ownership, framework),
    tone: ownershipTone(segment.ownerships[0] as Ownership),
  }));
  const alt = bars
    .map(
      (bar) =>
        `${bar.label}: ${used.map((segment, i) => `${segments[i]?.label} ${value(bar.counts, segment.ownerships)}`).join(', ')}.`,
    )
    .join(' ');
  return {
    kind: 'bar-chart',
    title,
    alt: `${title}. ${alt}`,
    segments,
    bars: bars.map((bar) => ({
      label: bar.label,
      values: used.map((segment) => value(bar.counts, segment.ownerships)),
      ...(bar.link ? { link: bar.link } : {}),
    })),
  };
}

/** How many requirements have each ownership, as a table with the framework's own words. */
export function countsTable(framework: MatrixFramework): Block[] {
  return [
    {
      kind: 'table',
      caption: `Number of ${framework.words.requirements} by ownership`,
      columns: [
        { title: 'Ownership', share: 60 },
        { title: sentenceCase(framework.words.requirements), share: 20 },
        { title: 'Share', share: 20 },
      ],
      rows: OWNERSHIPS.filter((ownership) => framework.counts[ownership] > 0).map((ownership) => ({
        kind: 'row',
        cells: [
          {
            badges: [{ text: ownershipLabel(ownership, framework), tone: ownershipTone(ownership) }],
            paragraphs: [],
            rowHeader: true,
          },
          { paragraphs: [[{ text: String(framework.counts[ownership]) }]], align: 'right' },
          {
            paragraphs: [
              [{ text: `${((100 * framework.counts[ownership]) / Math.max(1, framework.requirements.length)).toFixed(1)} %` }],
            ],
            align: 'right',
          },
        ],
      })),
    },
  ];
}
