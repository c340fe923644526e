/** Checks the structure tree of a tagged PDF through qpdf's JSON: the machine checks of PDF/UA that need no validator. */
import { execFileSync } from 'node:child_process';

type Value = unknown;
type Dictionary = Record<string, Value>;

const PARENTS: Record<string, string[]> = {
  TR: ['Table'],
  TH: ['TR'],
  TD: ['TR'],
  LI: ['L'],
  Lbl: ['LI'],
  LBody: ['LI'],
  TOCI: ['TOC'],
};
const KINDS = 'Document Sect Div P H1 H2 H3 L LI Lbl LBody Table TR TH TD Figure Link Reference TOC TOCI Caption'.split(' ');
const PAINTING = new Set('S s f F f* B B* b b* Tj TJ \' " Do sh BI'.split(' '));
const TOKENS = /\((?:\\[\s\S]|[^\\)])*\)|<<|>>|<[0-9A-Fa-f\s]*>|\[|\]|\/[^\s<>[\]()/%]*|[^\s<>[\]()/%]+/g;

/** Every fault found, in words; an empty list is a pass. */
export function checkStructure(file: string): string[] {
  const args = ['--json=2', '--decode-level=generalized', '--json-stream-data=inline', file];
  const json = JSON.parse(execFileSync('qpdf', args, { maxBuffer: 2 ** 30 }).toString());
  const objects = json.qpdf[1] as Record<string, { value?: Value; stream?: { dict: Dictionary; data?: string } }>;
  const faults = new Set<string>();
  const fault = (isSound: boolean, what: string) => {
    if (!isSound) faults.add(what);
  };
  const isRef = (value: Value): value is string => typeof value === 'string' && /^\d+ \d+ R$/.test(value);
  const get = (value: Value): Value => {
    if (!isRef(value)) return value;
    const found = objects[`obj:${value}`];
    return found?.stream ? found.stream.dict : found?.value;
  };
  const dict = (value: Value): Dictionary => (get(value) ?? {}) as Dictionary;
  const string = (value: Value): string => String(get(value) ?? '').replace(/^[ub]:/, '');
  const bytes = (value: Value): string => Buffer.from(objects[`obj:${value}`]?.stream?.data ?? '', 'base64').toString('latin1');
  const list = (value: Value): Value[] => {
    const found = get(value);
    return found === undefined || found === null ? [] : Array.isArray(found) ? found : [value];
  };

  const catalog = dict(dict(objects.trailer?.value)['/Root']);
  const xmp = Buffer.from(bytes(catalog['/Metadata']), 'latin1').toString('utf8');
  fault(xmp.includes('<pdfuaid:part>1<') && xmp.includes('<pdfaid:part>3<'), 'the metadata lacks its PDF/A or PDF/UA mark');
  fault(dict(catalog['/ViewerPreferences'])['/DisplayDocTitle'] === true, 'the title is not displayed');
  fault(dict(catalog['/MarkInfo'])['/Marked'] === true, 'the file is not marked as tagged');
  fault(string(catalog['/Lang']) !== '', 'no language');

  const owners = new Map<string, string>();
  const annotated = new Set<Value>();
  const headings: number[] = [];
  const attributes = (node: Dictionary, owner: string): Dictionary =>
    list(node['/A'])
      .map(dict)
      .find((entry) => entry['/O'] === `/${owner}`) ?? {};
  const claim = (page: Value, mark: Value, node: string) => {
    const key = `${page}/${mark}`;
    fault(!owners.has(key), 'content is claimed twice');
    owners.set(key, node);
  };
  const visit = (ref: string, parentKind: string, parent: string | undefined) => {
    const node = dict(ref);
    const kind = String(node['/S'] ?? '').slice(1);
    fault(KINDS.includes(kind), `unknown kind ${kind}`);
    fault(!parent || node['/P'] === parent, `${kind} does not point back at its parent`);
    fault(!PARENTS[kind] || PARENTS[kind].includes(parentKind), `${kind} in ${parentKind}`);
    if (kind === 'Figure')
      fault(string(node['/Alt']) !== '' && Boolean(attributes(node, 'Layout')['/BBox']), 'a figure lacks its text or box');
    if (kind === 'TH') fault(Boolean(attributes(node, 'Table')['/Scope']), 'a header cell lacks its scope');
    if (/^H\d$/.test(kind)) headings.push(Number(kind.slice(1)));
    const widths = new Set<number>();
    for (const kid of list(node['/K'])) {
      if (typeof kid === 'number') claim(node['/Pg'], kid, ref);
      else if (dict(kid)['/Type'] === '/MCR') claim(dict(kid)['/Pg'], dict(kid)['/MCID'], ref);
      else if (dict(kid)['/Type'] === '/OBJR') annotated.add(dict(kid)['/Obj']);
      else {
        visit(kid as string, kind, ref);
        if (kind === 'Table' && dict(kid)['/S'] === '/TR') {
          const cells = list(dict(kid)['/K']).map((cell) => Number(attributes(dict(cell), 'Table')['/ColSpan'] ?? 1));
          widths.add(cells.reduce((a, b) => a + b, 0));
        }
      }
    }
    if (kind === 'Table') fault(widths.size === 1, 'a table is not regular');
  };
  const root = dict(catalog['/StructTreeRoot']);
  for (const kid of list(root['/K'])) visit(kid as string, 'Root', undefined);
  headings.forEach((level, i) => {
    fault(level <= (headings[i - 1] ?? 0) + 1, 'a heading level is skipped');
  });

  const parents = new Map<Value, Value>();
  const numbers = list(dict(root['/ParentTree'])['/Nums']);
  for (let i = 0; i < numbers.length; i += 2) parents.set(numbers[i], get(numbers[i + 1]));
  for (const { object, contents } of json.pages as { object: string; contents: string[] }[]) {
    const page = dict(object);
    const row = parents.get(page['/StructParents']) as Value[] | undefined;
    checkContent(contents.map(bytes).join('\n'), fault, (mark) => {
      const owner = owners.get(`${object}/${mark}`);
      fault(owner !== undefined && row?.[mark] === owner, 'marked content has no element, or the parent tree names another');
    });
    for (const ref of list(page['/Annots'])) {
      const link = dict(ref);
      // What lies outside the page is exempt, such as the box of a signature that is not shown.
      const [, , right, above] = list(link['/Rect']).map(Number);
      if (Number(right) <= 0 && Number(above) <= 0) continue;
      fault(annotated.has(ref), 'a link is not in the structure');
      fault(string(link['/Contents']) !== '' && link['/StructParent'] !== undefined, 'a link lacks its words or key');
      fault(page['/Tabs'] === '/S', 'the tab order is not that of the structure');
    }
  }
  return [...faults];
}

/** Everything painted must belong to an element or be an artifact, and neither inside the other. */
function checkContent(source: string, fault: (isSound: boolean, what: string) => void, seen: (mark: number) => void): void {
  const open: ('artifact' | number)[] = [];
  let operands: string[] = [];
  for (const [token] of source.matchAll(TOKENS)) {
    if (/^[(<[\]>/0-9+\-.]/.test(token)) {
      operands.push(token);
      continue;
    }
    if (token === 'BDC' || token === 'BMC') {
      fault(open.length === 0, 'marked content is nested');
      const mark = /\/MCID (\d+)/.exec(operands.join(' '));
      open.push(mark ? Number(mark[1]) : 'artifact');
      if (mark) seen(Number(mark[1]));
    } else if (token === 'EMC') fault(open.pop() !== undefined, 'marked content is closed twice');
    else if (PAINTING.has(token)) fault(open.length > 0, 'something painted is neither content nor artifact');
    operands = [];
  }
  fault(open.length === 0, 'marked content is left open');
}
