import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Io, mapFile } from '../src/cli/context.ts';
import { run } from '../src/cli/run.ts';
import { mapSystem } from '../src/map/matrix.ts';
import type { Catalogue } from '../src/model/catalogue.ts';
import { makePack } from '../src/pack.ts';
import { formatProblem, type Problem, Problems } from '../src/problem.ts';
import { readCatalogue } from '../src/read/catalogue.ts';
import { catalogue, readTexts, systemOf, use, yamlFiles } from './support.ts';

const FRAMEWORK = `framework:
  id: mini
  title: Mini
  name: Mini
  version: "1"
  published: "2026"
  publisher: Nobody
  source: {title: x, url: "https://example.org/"}
  text: own-words
  notice: None.
  words: {requirement: r, requirements: rs, provider: p, provider-short: p, customer: c, provider-part: pp, customer-part: cp, proof: x, assessor: a}
  scope: {data: all}
  roles: [{id: one, title: One}]
requirements:
  - {id: "1", title: First, text: First of all., controls: [{control: backup, at: [data]}]}
  - {id: "2", title: Second, text: Second of all., controls: [own-control]}
`;
const CONTROL = `controls:
  - id: own-control
    title: Own
    objective: Something of our own is done.
    surface: [organization]
    parts: {organization: Do it.}
    evidence: {customer: [Record of it]}
    review: annual
`;
const SERVICE = `services:
  - id: own-service
    title: Own Service
    model: paas
    summary: Ours.
    configure: Set it.
    aliases: [ours]
`;
const PROVIDER = `provider: {id: acme, title: Acme Ltd, short: Acme, kind: saas, country: IE}\n`;

function overlay(files: Record<string, string>): Catalogue {
  return readCatalogue(
    Object.entries(files).map(([path, text]) => ({ path, text, name: `own/${path}` })),
    catalogue(),
  );
}
function problemsOf(files: Record<string, string>): Problem[] {
  try {
    overlay(files);
    return [];
  } catch (error) {
    if (error instanceof Problems) return error.problems;
    throw error;
  }
}
const shown = (problems: Problem[]): string[] =>
  problems.map(({ file, line, column, code, hint }) => `${file}:${line}:${column} ${code}${hint ? ` | ${hint}` : ''}`);

describe('an overlay replaces by id and adds the rest', () => {
  test('a control', () => {
    const original = yamlFiles('controls').find((file) => file.path.endsWith('continuity.yaml'))?.text ?? '';
    const changed = original.replace(
      /(id: backup\n[\s\S]*?configure: )>-[\s\S]*?(\n {6}implement:)/,
      '$1Our own sentence about {{service}}.$2',
    );
    const own = overlay({
      'controls/ours.yaml': `controls:\n${changed.slice(changed.indexOf('  - id: backup\n'), changed.indexOf('  - id: backup-protection'))}`,
    });
    expect(own.controls.map(({ id }) => id)).toEqual(catalogue().controls.map(({ id }) => id));
    expect(own.version).not.toBe(catalogue().version);
    const matrix = mapSystem(systemOf([use({ id: 'db', service: 'aws/rds' })]), own, { asOf: '2026-09-30', toolVersion: '0' });
    expect(matrix.parts.map(({ text }) => text)).toContain('Our own sentence about Amazon RDS.');
  });
  test('a service of a built-in provider, one replaced and one added, and a new provider', () => {
    const own = overlay({
      'providers/aws/ours.yaml': `${SERVICE}${SERVICE.replace('services:\n', '').replace('own-service', 'rds').replace('aliases: [ours]', 'aliases: []')}`,
      'providers/acme/provider.yaml': PROVIDER,
      'providers/acme/all.yaml': SERVICE,
    });
    const before = catalogue().providers.find(({ id }) => id === 'aws');
    const aws = own.providers.find(({ id }) => id === 'aws');
    expect(aws?.services.length).toBe((before?.services.length ?? 0) + 1);
    expect(aws?.services.find(({ id }) => id === 'rds')?.title).toBe('Own Service');
    expect(own.providers.find(({ id }) => id === 'acme')?.services.map(({ id }) => id)).toEqual(['own-service']);
  });
  test('a provider without its services', () => {
    const own = overlay({ 'providers/aws/provider.yaml': PROVIDER.replace('acme', 'aws') });
    const aws = own.providers.find(({ id }) => id === 'aws');
    expect(aws).toMatchObject({ title: 'Acme Ltd', services: catalogue().providers.find(({ id }) => id === 'aws')?.services });
  });
  test('a framework, replaced whole or added, with a control of its own', () => {
    const added = overlay({ 'frameworks/mini.yaml': FRAMEWORK, 'controls/own.yaml': CONTROL });
    expect(added.frameworks.map(({ id }) => id)).toEqual([...catalogue().frameworks.map(({ id }) => id), 'mini']);
    const replaced = overlay({
      'frameworks/mini.yaml': FRAMEWORK.replace('id: mini', 'id: nist-csf'),
      'controls/own.yaml': CONTROL,
    });
    expect(replaced.frameworks.find(({ id }) => id === 'nist-csf')?.requirements.map(({ id }) => id)).toEqual(['1', '2']);
    expect(replaced.frameworks).toHaveLength(catalogue().frameworks.length);
  });
  test('official texts, by id and by alias, for a built-in framework and for one of its own', () => {
    const own = overlay({
      'texts/pci-dss.yaml': 'texts:\n  "1.2.1": Licensed words.\n  A3.3.1.2: Under its other name.\n  1.2.2: Unquoted.\n',
      'texts/mini.yaml': 'texts: {"2": Ours.}\n',
      'frameworks/mini.yaml': FRAMEWORK,
      'controls/own.yaml': CONTROL,
    });
    const official = (framework: string, id: string): string | undefined =>
      own.frameworks.find((one) => one.id === framework)?.requirements.find((one) => one.id === id)?.official;
    expect(official('pci-dss', '1.2.1')).toBe('Licensed words.');
    expect(official('pci-dss', '1.2.2')).toBe('Unquoted.');
    expect(official('pci-dss', 'A3.3.1.1')).toBe('Under its other name.');
    expect(official('mini', '2')).toBe('Ours.');
    const matrix = mapSystem(
      systemOf([use({ id: 'db', service: 'aws/rds' })], { frameworks: [{ id: 'pci-dss', categories: [] }] }),
      own,
      { asOf: '2026-09-30', toolVersion: '0' },
    );
    expect(matrix.frameworks[0]?.requirements.find(({ id }) => id === '1.2.1')?.official).toBe('Licensed words.');
  });
  test('the built-in catalogue is left as it was', () => {
    const before = JSON.stringify(catalogue());
    overlay({ 'texts/pci-dss.yaml': 'texts: {"1.2.1": X.}\n', 'providers/aws/ours.yaml': SERVICE });
    expect(JSON.stringify(catalogue())).toBe(before);
  });
});

describe('what is wrong in an overlay is said with its place', () => {
  test.each<[string, Record<string, string>, string[]]>([
    [
      'unknown control',
      { 'frameworks/m.yaml': FRAMEWORK.replace('own-control', 'backups') },
      ['own/frameworks/m.yaml:16:63 unknown-control | Did you mean `backup`?'],
    ],
    [
      'component not on the surface',
      { 'frameworks/m.yaml': FRAMEWORK.replace('[data]', '[facility]').replace('own-control', 'backup') },
      ['own/frameworks/m.yaml:15:84 unknown-component-on-the-surface-of-backup'],
    ],
    [
      'unknown key',
      { 'providers/aws/o.yaml': SERVICE.replace('summary', 'sumary') },
      ['own/providers/aws/o.yaml:5:5 unknown-key | Did you mean `summary`?'],
    ],
    [
      'unknown model',
      { 'providers/aws/o.yaml': SERVICE.replace('paas', 'pass') },
      ['own/providers/aws/o.yaml:4:12 unknown-service-model | Did you mean `paas`?'],
    ],
    [
      'unknown fact',
      { 'providers/aws/o.yaml': `${SERVICE}    facts: {bakups: always}\n` },
      ['own/providers/aws/o.yaml:8:21 unknown-fact | Did you mean `backups`?'],
    ],
    [
      'unknown value of a fact',
      { 'providers/aws/o.yaml': `${SERVICE}    facts: {backups: allways}\n` },
      ['own/providers/aws/o.yaml:8:22 unknown-value-of-backups | Did you mean `always`?'],
    ],
    [
      'unknown component',
      { 'providers/aws/o.yaml': `${SERVICE}    components: {aplication: {holder: customer, reason: R.}}\n` },
      ['own/providers/aws/o.yaml:8:30 unknown-component | Did you mean `application`?'],
    ],
    [
      'an alias that is taken',
      { 'providers/aws/o.yaml': SERVICE.replace('ours', 'AWS_DB_Instance') },
      ['own/providers/aws/o.yaml:7:14 alias-twice'],
    ],
    [
      'services of nobody',
      { 'providers/awss/o.yaml': SERVICE },
      [
        'own/providers/awss/o.yaml:1:1 unknown-provider | Did you mean the folder `aws`? Write providers/awss/provider.yaml for a new provider.',
      ],
    ],
    [
      'a provider in a wrong folder',
      { 'providers/amce/provider.yaml': PROVIDER },
      ['own/providers/amce/provider.yaml:1:16 provider-folder | Give both the same name.'],
    ],
    [
      'the same id in two files',
      { 'controls/a.yaml': CONTROL, 'controls/b.yaml': CONTROL },
      ['own/controls/b.yaml:2:9 id-twice'],
    ],
    [
      'a missing sentence',
      { 'controls/a.yaml': CONTROL.replace('[organization]', '[organization, endpoint]') },
      ['own/controls/a.yaml:6:12 sentence-missing'],
    ],
    [
      'an unknown placeholder',
      {
        'controls/a.yaml': CONTROL.replace('Do it', 'Do {{it}}').replace(
          '{organization: Do {{it}}.}',
          '{organization: "Do {{it}}."}',
        ),
      },
      [
        'own/controls/a.yaml:6:27 unknown-placeholder | Use {{service}}, {{provider}} or {{components}}.',
        'own/controls/a.yaml:6:27 placeholder-here',
      ],
    ],
    [
      'an unknown condition',
      { 'frameworks/m.yaml': FRAMEWORK.replace('own-control]', 'backup], when: [wireles]') },
      ['own/frameworks/m.yaml:16:78 unknown-condition | Did you mean `wireless`?'],
    ],
    [
      'a requirement without id',
      { 'frameworks/m.yaml': FRAMEWORK.replace('id: "2"', 'id: ""').replace('own-control', 'backup') },
      ['own/frameworks/m.yaml:16:10 bad-value'],
    ],
    [
      'texts of no framework',
      { 'texts/pci-ds.yaml': 'texts: {"1": X.}\n' },
      ['own/texts/pci-ds.yaml:1:1 unknown-framework | Did you mean texts/pci-dss.yaml?'],
    ],
    [
      'texts of no requirement',
      { 'texts/pci-dss.yaml': 'texts:\n  "1.2.1": X.\n  "1.22.1": X.\n' },
      ['own/texts/pci-dss.yaml:3:3 unknown-requirement | Did you mean `1.2.1`?'],
    ],
    ['a text of a heading', { 'texts/pci-dss.yaml': 'texts: {"1.2": X.}\n' }, ['own/texts/pci-dss.yaml:1:9 text-of-heading']],
    ['an empty text', { 'texts/pci-dss.yaml': 'texts: {"1.2.1": " "}\n' }, ['own/texts/pci-dss.yaml:1:18 bad-value']],
    [
      'a text that is a list',
      { 'texts/pci-dss.yaml': 'texts: {"1.2.1": [X.]}\n' },
      ['own/texts/pci-dss.yaml:1:18 wrong-type | Write text.'],
    ],
    [
      'an unknown folder',
      { 'framework/m.yaml': FRAMEWORK },
      [
        'own/framework/m.yaml:0:0 unknown-file | It has controls/<family>.yaml, frameworks/<framework>.yaml, providers/<provider>/<category>.yaml and texts/<framework>.yaml.',
      ],
    ],
    ['an empty file', { 'controls/a.yaml': '' }, ['own/controls/a.yaml:1:1 wrong-type | Write a map of keys and values.']],
  ])('%s', (_, files, expected) => {
    expect(shown(problemsOf(files))).toEqual(expected);
  });
  test.each(['frameworks/m.yml', 'frameworks/deep/m.yaml', 'providers/m.yaml', 'providers/a/b/c.yaml', 'system.yaml'])(
    '%s has no place in a catalogue',
    (path) => {
      expect(problemsOf({ [path]: FRAMEWORK }).map(({ code }) => code)).toEqual(['unknown-file']);
    },
  );
  test('broken YAML, and nothing on top about what the file would have defined', () => {
    const problems = problemsOf({
      'frameworks/m.yaml': FRAMEWORK,
      'controls/own.yaml': `${CONTROL}  - [`,
      'texts/mini.yaml': 'texts: {"2": X.}\n',
    });
    expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(['own/controls/own.yaml']));
    const lostFramework = problemsOf({
      'frameworks/m.yaml': `${FRAMEWORK}x: 1\n`,
      'controls/own.yaml': CONTROL,
      'texts/mini.yaml': 'texts: {"2": X.}\n',
    });
    expect(lostFramework.map(({ code }) => code)).toEqual(['unknown-key']);
  });
  test('all of them at once, in the order of files and lines', () => {
    const problems = shown(
      problemsOf({
        'texts/pci-ds.yaml': 'texts: {"1": X.}\n',
        'providers/aws/o.yaml': SERVICE.replace('paas', 'pass'),
        'frameworks/m.yaml': FRAMEWORK.replace('own-control', 'backups').replace('[data]', '[facility]'),
        'controls/a.yaml': `${CONTROL}x: 1\n`,
      }),
    );
    expect(problems.map((problem) => problem.split(/[: ]/)[0])).toEqual([
      'own/controls/a.yaml',
      'own/frameworks/m.yaml',
      'own/frameworks/m.yaml',
      'own/providers/aws/o.yaml',
      'own/texts/pci-ds.yaml',
    ]);
  });

  describe('what the built-in catalogue rests on cannot be taken away in silence', () => {
    const file = (name: string): string => yamlFiles('controls').find(({ path }) => path === `controls/${name}.yaml`)?.text ?? '';
    test('a layer to which a built-in framework narrows', () => {
      const access = file('access');
      const control = access
        .slice(access.indexOf('  - id: authenticators'), access.indexOf('  - id: password-policy'))
        .replace('      - directory\n', '');
      const problems = problemsOf({ 'controls/ours.yaml': `controls:\n${control}` });
      expect(problems.map(({ code }) => code)).toContain('unknown-component-on-the-surface-of-authenticators');
      expect(problems[0]).toMatchObject({
        file: 'own/controls/ours.yaml',
        line: 2,
        message: expect.stringContaining('the built-in `nist-csf` rests on this'),
      });
    });
    test('a value of a fact', () => {
      const problems = problemsOf({
        'controls/facts.yaml': file('facts').replace(
          '      enforced: {holder: provider, says: the service accepts only connections with current TLS}\n',
          '',
        ),
      });
      expect(problems.length).toBeGreaterThan(3);
      expect(problems.length).toBeLessThanOrEqual(101);
      for (const problem of problems)
        expect(problem).toMatchObject({ file: 'own/controls/facts.yaml', line: expect.any(Number) });
    });
    test('a new layer about which the models say nothing', () => {
      const problems = problemsOf({
        'controls/components.yaml':
          'components:\n  - {id: firmware, title: Firmware, layer: stack, phrase: the firmware, description: Firmware.}\n',
      });
      expect(problems.map(({ code }) => code)).toEqual(catalogue().models.map(() => 'holder-missing'));
    });
  });
});

describe('hostile files are refused, quickly and without a crash', () => {
  const many = (line: (i: number) => string): string => Array.from({ length: 20_000 }, (_, i) => line(i)).join('\n');
  test.each<[string, Record<string, string>]>([
    ['brackets', { 'controls/a.yaml': '['.repeat(100_000) }],
    [
      'an alias bomb',
      {
        'texts/pci-dss.yaml': `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\ntexts: [*c,*c,*c,*c,*c,*c]\n`,
      },
    ],
    ['__proto__ as an id', { 'texts/pci-dss.yaml': 'texts: {__proto__: X., constructor: Y.}\n' }],
    ['__proto__ as a fact', { 'providers/aws/o.yaml': `${SERVICE}    facts: {__proto__: always}\n` }],
    [
      'constructor as an id',
      {
        'controls/components.yaml':
          'components:\n  - {id: constructor, title: C, layer: stack, phrase: the c, description: C.}\n',
      },
    ],
    ['constructor as a control', { 'frameworks/m.yaml': FRAMEWORK.replace('own-control', 'constructor') }],
    ['twenty thousand unknown requirements', { 'texts/pci-dss.yaml': `texts:\n${many((i) => `  "9.9.${i}": X.`)}\n` }],
    [
      'twenty thousand unknown controls',
      { 'frameworks/m.yaml': `${FRAMEWORK}${many((i) => `  - {id: "x${i}", title: T${i}, text: T., controls: [c${i}]}`)}\n` },
    ],
    [
      'a list for everything',
      {
        'controls/a.yaml': '- 1\n',
        'frameworks/a.yaml': '- 1\n',
        'providers/aws/provider.yaml': '- 1\n',
        'providers/aws/a.yaml': '- 1\n',
        'texts/pci-dss.yaml': '- 1\n',
      },
    ],
    [
      'nothing for everything',
      {
        'controls/a.yaml': 'controls:\n',
        'frameworks/a.yaml': 'framework:\n',
        'providers/aws/provider.yaml': 'provider:\n',
        'providers/aws/a.yaml': 'services: [null]\n',
        'texts/pci-dss.yaml': 'texts:\n',
      },
    ],
    ['controls that are texts', { 'controls/a.yaml': 'controls: [x, 1, null, [], {}]\n' }],
  ])(
    '%s',
    (_, files) => {
      const start = performance.now();
      const problems = problemsOf(files);
      expect(problems.length).toBeGreaterThan(0);
      for (const problem of problems.slice(0, 20)) expect(formatProblem(problem).length).toBeLessThan(2_000);
      expect(performance.now() - start).toBeLessThan(20_000);
    },
    60_000,
  );
});

describe('the key `catalogue` of a description', () => {
  const GOOD = `organization: {name: X}
system: {name: Y, description: Z.}
frameworks: [mini]
services: [{id: s, service: aws/own-service, purpose: p, data: [none]}]
`;
  let folder = '';
  const write = (path: string, text: string): string => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    return join(folder, path);
  };
  const said: string[] = [];
  const io: Io = {
    out: (text) => said.push(text),
    err: (text) => said.push(text),
    interactive: false,
    width: 100,
    env: {},
    today: '2026-09-30',
    now: '2026-09-30T12:00:00Z',
  };
  const demarc = async (...args: string[]): Promise<{ code: number; text: string }> => {
    said.length = 0;
    return { code: await run(args, io), text: said.join('') };
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'demarc-overlay-'));
    write('own/frameworks/mini.yaml', FRAMEWORK);
    write('own/controls/own.yaml', CONTROL);
    write('own/providers/aws/ours.yaml', SERVICE);
    write('own/texts/mini.yaml', 'texts: {"1": Licensed words.}\n');
    write('own/.git/config.yaml', 'not ours\n');
    write('own/README.md', 'not ours either\n');
    mkdirSync(join(folder, 'empty'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is relative to the file, and its files are inputs with their hashes', () => {
    const { matrix, system, catalogue: inForce, inputs } = mapFile(write('a/system.yaml', `catalogue: ../own\n${GOOD}`), {}, io);
    expect(system.catalogue).toBe('../own');
    expect(inForce.frameworks.at(-1)?.id).toBe('mini');
    expect(matrix.files.map(({ role, path }) => `${role} ${path}`)).toEqual([
      'description system.yaml',
      'catalogue controls/own.yaml',
      'catalogue frameworks/mini.yaml',
      'catalogue providers/aws/ours.yaml',
      'catalogue texts/mini.yaml',
    ]);
    for (const { sha256 } of matrix.files) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    const pack = makePack([], inputs, matrix, { audience: 'internal', paper: 'a4' }, catalogue().version);
    const manifest = JSON.parse(Buffer.from(pack.at(-1)?.bytes ?? []).toString());
    expect(manifest.inputs.map(({ file: _, ...input }: { file: string }) => input)).toEqual(matrix.files);
    expect(pack.map(({ path }) => path)).toContain('inputs/catalogue/texts/mini.yaml');
    expect(manifest.catalogue.version).toBe(inForce.version);
  });
  test('is used by every command that reads the description', async () => {
    const file = write('system.yaml', `catalogue: own\n${GOOD}`);
    expect((await demarc('check', file, '--fail-on', 'never')).code).toBe(0);
    expect((await demarc('explain', 'mini:1', '-s', file)).text).toMatch(
      /Official text, as you supplied it:\n {4}Licensed words\./,
    );
    expect((await demarc('crosswalk', 'mini:1', '-s', file)).text).toMatch(/^mini:1 {2}First/);
    expect((await demarc('explain', 'aws/own-service', '-s', file)).text).toMatch(/^aws\/own-service {2}Own Service/);
  });
  test('gives way to --catalogue, which every command takes', async () => {
    const file = write('system.yaml', `catalogue: nowhere\n${GOOD}`);
    expect((await demarc('check', file, '--fail-on', 'never', '--catalogue', join(folder, 'own'))).code).toBe(0);
    expect((await demarc('list', 'requirements', 'mini', '--catalogue', join(folder, 'own'))).text).toMatch(
      /^mini:1 {2}First\nmini:2 {2}Second\n/,
    );
    expect((await demarc('explain', 'mini:1', '--service', 'aws/own-service', '--catalogue', join(folder, 'own'))).text).toMatch(
      /Ownership on Own Service/,
    );
    expect(JSON.parse((await demarc('crosswalk', 'mini:1', '--json', '--catalogue', join(folder, 'own'))).text)).toMatchObject({
      key: 'mini:1',
      controls: [{ control: 'backup', at: ['data'] }],
    });
  });
  test.each<[string, string, RegExp]>([
    [
      'a folder that is not there',
      'catalogue: nowhere\n',
      /system\.yaml:1:12: cannot read the folder .*nowhere: there is no such folder \[catalogue\]/,
    ],
    [
      'a folder without a catalogue',
      'catalogue: empty\n',
      /system\.yaml:1:12: the folder .*empty holds no catalogue \[catalogue\]/,
    ],
    ['a file', 'catalogue: own/README.md\n', /system\.yaml:1:12: cannot read the folder/],
    ['the folder of the description itself', 'catalogue: .\n', /system\.yaml: a catalogue has no such file/],
    ['a list', 'catalogue: [own]\n', /system\.yaml:1:12: `catalogue` should be text, but here is a list \[wrong-type\]/],
    ['nothing', 'catalogue:\n', /system\.yaml:1:1.*wrong-type|`catalogue` should be text/],
    ['an empty name', 'catalogue: " "\n', /system\.yaml:1:12: `catalogue`: the text is empty/],
    ['twice', 'catalogue: own\ncatalogue: own\n', /the key `catalogue` is given twice/],
    ['an escaped key', '"\\x63atalogue": nowhere\n', /there is no such folder/],
  ])('%s is reported at its place', async (_, line, message) => {
    const { code, text } = await demarc('check', write('system.yaml', line + GOOD));
    expect(text).toMatch(message);
    expect(code).toBe(1);
  });
  test('--catalogue with a wrong folder is wrong usage', async () => {
    expect(await demarc('list', 'frameworks', '--catalogue', join(folder, 'nowhere'))).toMatchObject({
      code: 2,
      text: expect.stringMatching(/^demarc: cannot read the folder .*nowhere: there is no such folder/),
    });
  });
  test('only the main file may have it', () => {
    const { problems } = readTexts({
      'system.yaml': `include: [b.yaml]\n${GOOD.replace('mini', 'soc2').replace('own-service', 'rds')}`,
      'b.yaml': 'catalogue: own\n',
    });
    expect(shown(problems)).toEqual(['b.yaml:1:1 catalogue-in-include | Move it to system.yaml.']);
  });
  test('problems of the overlay come whole, with the path of the folder', async () => {
    write('bad/frameworks/m.yaml', FRAMEWORK);
    write('bad/controls/a.yml', '');
    const { code, text } = await demarc('list', 'frameworks', '--catalogue', `${join(folder, 'bad')}/`);
    expect(code).toBe(1);
    expect(text).toMatch(
      /bad\/frameworks\/m\.yaml:16:63: there is no control `own-control` \[unknown-control\]\n {2}16 \| .*\n.*\^/,
    );
    expect(text).toContain(
      `${join(folder, 'bad')}/controls/a.yml: a catalogue has no such file [unknown-file]\n  Its files end in .yaml.`,
    );
  });
});
