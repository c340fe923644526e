import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Knowledge, knowledgeOf } from '../../src/answer/knowledge.ts';
import { type LibraryAnswer, libraryFile, libraryOf } from '../../src/answer/library.ts';
import { type Asked, type Scheme, schemeOf } from '../../src/answer/scheme.ts';
import { mapSystem } from '../../src/map/matrix.ts';
import type { Statement, System } from '../../src/model/system.ts';
import type { Mapping, Question } from '../../src/questionnaire/questionnaire.ts';
import { readShape } from '../../src/read/shape.ts';
import { readSystem } from '../../src/read/system.ts';
import { readYaml } from '../../src/read/yaml.ts';
import { readSchemes } from '../../tools/schemes.ts';
import { catalogue, onFile, ROOT, systemOf, use, yamlFiles } from '../support.ts';

/** The day as of which everything is judged here. */
export const TODAY = '2026-09-30';

let read: Scheme[] | undefined;

/** The schemes that are shipped. */
export function schemes(): Scheme[] {
  read ??= readSchemes(yamlFiles('questionnaires/schemes'), catalogue()).map(schemeOf);
  return read;
}

/** What is known of a system. */
export function knowledge(system: System, library: LibraryAnswer[] = [], asOf = TODAY): Knowledge {
  return knowledgeOf(mapSystem(system, catalogue(), { asOf, toolVersion: '0.0.0', everyControl: true }), schemes(), library);
}

/** What is known of a system of one machine on AWS, whose SOC 2 report is on file, with the statements given. */
export function withStatements(
  statements: (Partial<Statement> & { status: Statement['status'] })[],
  more: Partial<System> = {},
): Knowledge {
  return knowledge(
    systemOf([use({ id: 'web', service: 'aws/ec2' })], {
      statements: statements.map((statement) => ({ services: [], evidence: [], ...statement })),
      assurances: [
        onFile({
          id: 'soc2',
          type: 'soc2-type2',
          title: 'AWS SOC 2',
          issued: '2026-05-01',
          period: { from: '2025-04-01', to: '2026-03-31' },
        }),
      ],
      ...more,
    }),
  );
}

/** What is known of a sample. */
export function sampleKnowledge(name: string, library: LibraryAnswer[] = []): Knowledge {
  const system = readSystem('system.yaml', (path) => readFileSync(join(ROOT, 'samples', name, path), 'utf8'), catalogue());
  return knowledge(system, library, system.asOf);
}

/** A library from its text. */
export function libraryIn(text: string): LibraryAnswer[] {
  const yaml = readYaml(text, 'answers.yaml');
  const { value, problems } = readShape(libraryFile, yaml);
  if (!value) throw new Error(problems.map((problem) => problem.message).join('; '));
  return libraryOf(value, (position) => yaml.placeOf(['answers', position]));
}

/** A question of a scheme with everything optional left out. */
export function asked(what: Partial<Asked>): Asked {
  return { sense: 'met', controls: [], requirements: [], says: [], exact: false, inverse: false, ...what };
}

/** A question with everything optional left out. */
export function questionOf(more: Partial<Question> = {}): Question {
  return {
    sheet: 'S',
    row: 2,
    text: '',
    kind: 'choice',
    allowed: [],
    ownershipAllowed: [],
    options: [],
    ownershipOptions: [],
    cells: { question: { row: 2, column: 1 }, answer: { row: 2, column: 2 } },
    current: {},
    ...more,
  };
}

/** A mapping of one sheet. */
export function mappingOf(scheme?: string): Mapping {
  return {
    id: 'test',
    title: 'Test',
    ...(scheme ? { scheme } : {}),
    sheets: [{ sheet: 'S', from: 1, columns: { question: 'A', answer: ['B'] }, kind: 'choice' }],
  };
}
