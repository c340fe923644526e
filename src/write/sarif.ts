import { posix } from 'node:path';
import type { Finding, Matrix, Severity } from '../model/matrix.ts';

/** A rule of findings with how bad it usually is. */
export type WrittenRule = Matrix['rules'][number] & { severity: Severity };

/** What findings are written from: a matrix, every rule that was applied, and the folder of the description as readers have to open it. */
export interface FindingsSource {
  matrix: Pick<Matrix, 'findings' | 'tool' | 'catalogue' | 'asOf' | 'system' | 'files'>;
  rules: readonly WrittenRule[];
  folder: string;
}

const LEVEL: Record<Severity, 'error' | 'warning' | 'note'> = { high: 'error', medium: 'warning', low: 'note' };

/**
 * Findings as SARIF 2.1.0, which code hosts show at the line of the description. Every rule is listed, whether it found anything or not; a
 * finding that is about no line stands at the first one of the description; one that is suppressed says so.
 */
export function writeSarif({ matrix, rules, folder }: FindingsSource): string {
  const positions = new Map(rules.map(({ id }, position) => [id, position]));
  const main = matrix.files[0]?.path ?? '';
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'demarc',
            version: matrix.tool.version,
            rules: rules.map((rule) => ({
              id: rule.id,
              shortDescription: { text: rule.title },
              fullDescription: { text: rule.help },
              help: { text: `${rule.help}\n\nRemedy: ${rule.remedy}`, markdown: `${rule.help}\n\n**Remedy:** ${rule.remedy}` },
              defaultConfiguration: { level: LEVEL[rule.severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: matrix.findings.map((finding) => ({
          ruleId: finding.rule,
          ...(positions.has(finding.rule) ? { ruleIndex: positions.get(finding.rule) } : {}),
          level: LEVEL[finding.severity],
          message: { text: messageText(finding) },
          locations: [locationOf(finding, folder, main)],
          partialFingerprints: { 'findingId/v1': finding.id },
          ...(finding.suppressed
            ? { suppressions: [{ kind: 'external', justification: suppressionText(finding.suppressed) }] }
            : {}),
          properties: { severity: finding.severity, requirements: finding.requirements },
        })),
        properties: { system: matrix.system.name, asOf: matrix.asOf, catalogue: matrix.catalogue.version },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** Who decided to live with a finding, until when, and why. */
export function suppressionText({ reason, approvedBy, until }: NonNullable<Finding['suppressed']>): string {
  return `Suppressed until ${until} by ${approvedBy}: ${reason}`;
}

function messageText({ title, detail, remedy }: Finding): string {
  const sentences = [title, detail, `Remedy: ${remedy}`].map((text) => (/[.!?]$/.test(text) ? text : `${text}.`));
  // Brackets before parentheses would be read as a link of SARIF's own.
  return sentences.join(' ').replace(/\\(?=[[\]])|[[\]](?=[^[\]]*\]?\()/g, '\\$&');
}

function locationOf({ place }: Finding, folder: string, main: string): object {
  const region = place ? { startLine: place.line, startColumn: place.column } : { startLine: 1 };
  return { physicalLocation: { artifactLocation: { uri: uriOf(posix.join(folder, place?.file ?? main)) }, region } };
}

/** A path as a reference: relative ones stay relative to wherever the program ran. */
function uriOf(path: string): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${encoded}` : encoded;
}
