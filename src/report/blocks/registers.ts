import { assuranceEnd, firstDayOf } from '../../assurances.ts';
import { SEES } from '../../audience.ts';
import type { Block, Run, TableRow } from '../../document.ts';
import type { Finding, Matrix } from '../../model/matrix.ts';
import type { Assurance, Attachment, Evidence } from '../../model/system.ts';
import { joinNames, longDate, periodText, withoutCode } from '../../sentence.ts';
import { ASSURANCE, SEVERITY } from '../../terms.ts';
import { assuranceScope } from '../assurance-scope.ts';
import { bold, cell, linked, plain, textCell } from '../cells.ts';
import { severityBadge } from '../ownership.ts';
import { pagesOf } from '../references.ts';
import { standingOf } from '../standing.ts';
import { requirementAnchor } from './matrix-table.ts';

/** Providers and third parties, what they are used for and what proof from them is on file. */
export function providersTable(matrix: Matrix): Block[] {
  return [
    {
      kind: 'table',
      caption: 'Providers and third parties with the assurances on file',
      columns: [
        { title: 'Party', share: 24 },
        { title: 'Services', share: 30 },
        { title: 'Assurances on file', share: 46 },
      ],
      rows: matrix.parties
        .filter((party) => party.kind !== 'customer')
        .map((party) => {
          const services = matrix.services.filter(
            (service) => service.partyId === party.id || service.managedBy.some((managed) => managed.party === party.id),
          );
          const onFile = matrix.assurances.filter(
            (assurance) => assurance.provider === party.id || assurance.provider === party.name,
          );
          const shared = matrix.providers.find((provider) => provider.id === party.id)?.sharedResponsibility;
          return {
            kind: 'row' as const,
            cells: [
              {
                ...cell([
                  [bold(party.name)],
                  party.kind === 'third-party' ? "Runs the customer's own layers" : 'Provider',
                  ...(shared ? [[linked(shared.title, shared.url)]] : []),
                ]),
                rowHeader: true,
              },
              textCell(services.map((service) => service.name).join(', ')),
              onFile.length === 0
                ? textCell('None on file.')
                : cell(
                    onFile.map((assurance): Run[] => [
                      bold(`${ASSURANCE[assurance.type]}: `),
                      ...assuranceRuns(assurance, matrix),
                    ]),
                  ),
            ],
          };
        }),
    },
  ];
}

/** A document in a line. What keeps it from counting here and now stands out. */
function assuranceRuns(assurance: Assurance, matrix: Matrix): Run[] {
  const full = SEES[matrix.audience].assurances === 'full';
  const { title, period, issued, expires, opinion, reviewed } = assurance;
  const end = assuranceEnd(assurance);
  const standing = standingOf(firstDayOf(assurance), end, matrix.asOf);
  const { services, regions, leavesOut } = assuranceScope(assurance, matrix);
  const said: Run[] = [
    plain(full ? title : ''),
    plain(period ? `period ${periodText(period)}` : ''),
    plain(issued ? `issued ${longDate(issued)}` : ''),
    standing === 'Not yet begun' ? bold('not yet begun') : plain(''),
    end && standing === 'Expired' ? bold(`expired ${longDate(end)}`) : plain(expires ? `counts until ${longDate(expires)}` : ''),
    plain(services.length > 0 ? `covers services: ${services.join(', ')}` : ''),
    plain(regions.length > 0 ? `covers regions: ${regions.join(', ')}` : ''),
    plain(leavesOut.length > 0 ? `leaves out: ${leavesOut.join(', ')}` : ''),
    full && opinion && opinion !== 'unqualified' ? bold(`opinion: ${opinion}`) : plain(''),
    plain(!full ? '' : reviewed ? `reviewed by ${reviewed.by} on ${longDate(reviewed.on)}` : 'not reviewed'),
  ];
  return said.filter(({ text }) => text !== '').flatMap((run, i) => (i > 0 ? [plain('; '), run] : [run]));
}

/** The holes, worst first, gathered by rule with the rule's remedy above them; those that the organization lives with come last. */
export function findingsTable(matrix: Matrix): Block[] {
  if (matrix.findings.length === 0) return [{ kind: 'paragraph', runs: [{ text: 'No findings.' }] }];
  const rows: TableRow[] = [];
  let open = '';
  for (const finding of matrix.findings) {
    const rule = matrix.rules.find((candidate) => candidate.id === finding.rule);
    const group = finding.suppressed ? 'suppressed' : `${finding.severity} ${finding.rule}`;
    if (group !== open) {
      open = group;
      rows.push(
        finding.suppressed
          ? {
              kind: 'group',
              level: 1,
              title: 'Suppressed',
              detail: 'The organization knows these and lives with them until a day, by the decision named.',
            }
          : {
              kind: 'group',
              level: 1,
              title: `${rule?.title ?? finding.rule} (${SEVERITY[finding.severity].toLowerCase()})`,
              ...(rule?.remedy ? { detail: withoutCode(rule.remedy) } : {}),
            },
      );
    }
    rows.push(findingRow(finding, rule?.remedy, matrix));
  }
  return [
    {
      kind: 'table',
      caption: 'Findings',
      dense: true,
      columns: [
        { title: 'Severity', share: 9 },
        { title: 'Finding', share: 43 },
        { title: 'Concerns', share: 26 },
        { title: SEES[matrix.audience].remedies ? 'Identifier and place' : 'Identifier', share: 22 },
      ],
      rows,
    },
  ];
}

function findingRow(finding: Finding, usualRemedy: string | undefined, matrix: Matrix): TableRow {
  const { suppressed } = finding;
  const place = finding.place ? `  ${finding.place.file}:${finding.place.line}` : '';
  const pages = pagesOf(finding, matrix);
  const what: Run[][] = [[bold(finding.title)], [plain(withoutCode(finding.detail))]];
  if (suppressed) {
    const until = `until ${longDate(suppressed.until)} by decision of ${suppressed.approvedBy}. ${suppressed.reason}`;
    what.push([bold('Suppressed: '), plain(until)]);
  } else if (finding.remedy !== usualRemedy) what.push([bold('Remedy: '), plain(withoutCode(finding.remedy))]);
  if (pages.length > 0) {
    what.push([plain('See: '), ...pages.flatMap((page, i) => [...(i > 0 ? [plain(', ')] : []), linked(page.title, page.url)])]);
  }
  return {
    kind: 'row',
    anchor: `finding-${finding.id}`,
    cells: [
      { ...cell([], [severityBadge(finding.severity)]), rowHeader: true },
      cell(what),
      cell(concerned(finding.requirements, matrix)),
      cell([[{ text: `${finding.id}${place}`, code: true }]]),
    ],
  };
}

function concerned(keys: string[], matrix: Matrix): Run[][] {
  return matrix.frameworks.flatMap((framework) => {
    const own = keys.filter((key) => key.startsWith(`${framework.id}:`));
    if (own.length === 0) return [];
    const shown = own.slice(0, 6);
    const runs: Run[] = [bold(`${framework.title}: `)];
    shown.forEach((key, i) => {
      if (i > 0) runs.push(plain(', '));
      runs.push(linked(key.slice(framework.id.length + 1), `#${requirementAnchor(key)}`));
    });
    if (own.length > shown.length) runs.push(plain(` and ${own.length - shown.length} more`));
    return [runs];
  });
}

/** Statements' evidence, each once: where it is, what its file's hash is, how long it counts and what it supports. */
export function evidenceTable(matrix: Matrix): Block[] {
  const evidence = new Map<string, { item: Evidence; supports: Set<string> }>();
  const titles = new Map(matrix.controls.map((control) => [control.id, control.title]));
  for (const statement of matrix.statements) {
    for (const item of statement.evidence) {
      const key = [item.title, item.file, item.url].join('\u0000');
      const entry = evidence.get(key) ?? { item, supports: new Set<string>() };
      entry.supports.add(
        statement.control ? (titles.get(statement.control) ?? statement.control) : (statement.requirement ?? ''),
      );
      evidence.set(key, entry);
    }
  }
  if (evidence.size === 0) return [{ kind: 'paragraph', runs: [{ text: 'No evidence is recorded in the statements.' }] }];
  const files = new Map(matrix.attachments.map((attachment) => [attachment.path, attachment]));
  return [
    {
      kind: 'table',
      caption: 'Evidence named in statements',
      columns: [
        { title: 'Evidence', share: 30 },
        { title: 'Where, and the SHA-256 of the file', share: 36 },
        { title: 'Date', share: 14 },
        { title: 'Supports', share: 20 },
      ],
      rows: [...evidence.values()].map(({ item, supports }) => ({
        kind: 'row',
        cells: [
          { ...textCell(item.title), rowHeader: true },
          cell([
            ...(item.url ? [[linked(item.url, item.url)]] : []),
            ...(item.file ? fileLines(item.file, files.get(item.file)) : []),
          ]),
          textCell(
            [item.date ? longDate(item.date) : '', item.expires ? `until ${longDate(item.expires)}` : '']
              .filter(Boolean)
              .join(', '),
          ),
          textCell(joinNames([...supports])),
        ],
      })),
    },
  ];
}

/** A file's path and its hash, or that it was not there. */
function fileLines(path: string, file: Attachment | undefined): Run[][] {
  if (file?.sha256 === undefined) return [[plain(path)], [plain('There was no such file when this pack was made.')]];
  return [[plain(path)], [{ text: file.sha256, code: true }]];
}

/** Exclusions decided by the organization. */
export function exclusionsTable(matrix: Matrix): Block[] {
  if (matrix.exclusions.length === 0)
    return [{ kind: 'paragraph', runs: [{ text: 'No requirement has been excluded by decision.' }] }];
  return [
    {
      kind: 'table',
      caption: 'Requirements excluded by decision',
      columns: [
        { title: 'Requirement', share: 20 },
        { title: 'Reason', share: 46 },
        { title: 'Approved by', share: 20 },
        { title: 'Until', share: 14 },
      ],
      rows: matrix.exclusions.map((exclusion) => ({
        kind: 'row',
        cells: [
          { ...textCell(exclusion.requirement), rowHeader: true },
          textCell(exclusion.reason),
          textCell(exclusion.approvedBy ?? 'nobody'),
          exclusion.until !== undefined && exclusion.until < matrix.asOf
            ? { ...textCell(`Ended ${longDate(exclusion.until)}: excludes nothing any more`), tone: 'red' }
            : textCell(exclusion.until ? longDate(exclusion.until) : ''),
        ],
      })),
    },
  ];
}

/** A framework's terms as a table. */
export function glossaryTable(framework: Matrix['frameworks'][number]): Block[] {
  return [
    {
      kind: 'table',
      caption: `Terms of ${framework.title}`,
      columns: [
        { title: 'Term', share: 28 },
        { title: 'Meaning', share: 72 },
      ],
      rows: framework.glossary.map((entry) => ({
        kind: 'row',
        cells: [{ ...textCell(entry.term), rowHeader: true }, textCell(entry.means)],
      })),
    },
  ];
}
