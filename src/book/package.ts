import { refuse } from './refusal.ts';
import { readXml } from './xml.ts';
import { type Archive, partKey, readArchive, unpack } from './zip.ts';

/** A relationship from one part to another; `target` is the key of a part. External ones are left out. */
export interface Relation {
  id: string;
  /** The last word of the relationship's type: `worksheet`, `sharedStrings`, `table` … */
  type: string;
  target: string;
}

/** A workbook as a package of parts, checked as far as can be without reading its sheets. */
export interface Package {
  archive: Archive;
  kind: 'xlsx' | 'xlsm';
  /** The key of the part that lists the sheets, and what it points at. */
  workbook: string;
  relations: Relation[];
  /** The bytes of a part, checked and unpacked; nothing where there is none. */
  part(key: string): Buffer | undefined;
}

/** How much a workbook may unpack to in all, as far as it is read. */
const MOST_READ = 384 * 1024 * 1024;

const KINDS: Record<string, 'xlsx' | 'xlsm'> = {
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml': 'xlsx',
  'application/vnd.ms-excel.sheet.macroenabled.main+xml': 'xlsm',
};
const SAVE_AS = 'Open it and save it as an Excel workbook (.xlsx), then try again.';

/** Opens a workbook's package. Throws `Problems` that say what the file is instead, or what is wrong with it, and what to do. */
export function openPackage(bytes: Uint8Array, file: string): Package {
  checkSignature(bytes, file);
  const archive = readArchive(bytes, file);
  checkContents(archive);
  let read = 0;
  const part = (key: string): Buffer | undefined => {
    const entry = archive.byKey.get(key);
    if (!entry) return undefined;
    read += entry.size;
    if (read > MOST_READ) refuse(file, 'book-too-large', `The workbook unpacks to more than ${MOST_READ >> 20} MB.`);
    return unpack(archive, entry);
  };
  const root = readRelations(part, '', file);
  const workbook = root.find(({ type }) => type === 'officeDocument')?.target;
  if (workbook === undefined || !archive.byKey.has(workbook)) {
    refuse(file, 'not-a-workbook', 'The file is a zip archive, but not a workbook.', 'Give an .xlsx or .xlsm file.');
  }
  const kind = kindOf(contentType(part, workbook, file), file);
  return { archive, kind, workbook, relations: readRelations(part, workbook, file), part };
}

/** What a file is by its first bytes, where it is no zip archive. */
function checkSignature(bytes: Uint8Array, file: string): void {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (head.length === 0) refuse(file, 'not-a-workbook', 'The file is empty.');
  if (head.subarray(0, 8).toString('hex') === 'd0cf11e0a1b11ae1') {
    if (head.includes(Buffer.from('EncryptedPackage', 'utf16le')))
      refuse(
        file,
        'book-protected',
        'The workbook is protected by a password.',
        'Open it in Excel, remove the password (File > Info > Protect Workbook > Encrypt with Password, and empty the field), save it, and try again.',
      );
    refuse(file, 'not-a-workbook', 'The file is in the format of Excel 97–2003 (.xls).', SAVE_AS);
  }
  if (head.length < 22 || head.readUInt16BE(0) !== 0x504b)
    refuse(file, 'not-a-workbook', 'The file is not a workbook.', 'Give an .xlsx or .xlsm file.');
}

function checkContents(archive: Archive): void {
  const { file, byKey } = archive;
  for (const key of byKey.keys())
    if (key.startsWith('_xmlsignatures/'))
      refuse(
        file,
        'book-signed',
        'The workbook is digitally signed; any answer written into it would break the signature.',
        'Open it in Excel, choose File > Info > View Signatures, remove the signature, save a copy, and fill that in.',
      );
  if (byKey.has('[content_types].xml')) return;
  if (byKey.has('mimetype') && byKey.has('content.xml'))
    refuse(file, 'not-a-workbook', 'The file is in OpenDocument format.', SAVE_AS);
  if (byKey.has('index/document.iwa')) refuse(file, 'not-a-workbook', 'The file is in the format of Apple Numbers.', SAVE_AS);
  refuse(file, 'not-a-workbook', 'The file is a zip archive, but not a workbook.', 'Give an .xlsx or .xlsm file.');
}

function kindOf(type: string, file: string): 'xlsx' | 'xlsm' {
  const kind = KINDS[type];
  if (kind) return kind;
  if (type.includes('excel.sheet.binary')) refuse(file, 'not-a-workbook', 'The file is a binary workbook (.xlsb).', SAVE_AS);
  if (type.includes('template')) refuse(file, 'not-a-workbook', 'The file is a template.', SAVE_AS);
  if (type.includes('wordprocessingml') || type.includes('presentationml'))
    refuse(file, 'not-a-workbook', 'The file is an Office document, but not a workbook.', 'Give an .xlsx or .xlsm file.');
  refuse(file, 'not-a-workbook', 'The file is not a workbook that demarc can read.', SAVE_AS);
}

/** The content type of a part, in lower case; its own, or the one of its extension. */
function contentType(part: Package['part'], key: string, file: string): string {
  let own = '';
  let common = '';
  const extension = key.slice(key.lastIndexOf('.') + 1);
  readXml(part('[content_types].xml') ?? Buffer.alloc(0), file, '[Content_Types].xml', {
    open(name, { PartName = '', Extension = '', ContentType = '' }) {
      if (name === 'Override' && partKey(PartName) === key) own = ContentType;
      if (name === 'Default' && Extension.toLowerCase() === extension) common = ContentType;
    },
  });
  return (own || common).toLowerCase();
}

/** The relations of a part ('' for those of the package itself), in the order of the file. */
export function readRelations(part: Package['part'], key: string, file: string): Relation[] {
  const slash = key.lastIndexOf('/') + 1;
  const path = `${key.slice(0, slash)}_rels/${key.slice(slash)}.rels`;
  const data = part(path);
  if (!data) return [];
  const relations: Relation[] = [];
  readXml(data, file, path, {
    open(name, { Id = '', Type = '', Target = '', TargetMode = '' }) {
      if (name !== 'Relationship' || TargetMode.toLowerCase() === 'external') return;
      if (Type.startsWith('http://purl.oclc.org/ooxml/') && Type.endsWith('/officeDocument')) refuseStrict(file);
      relations.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target: resolve(key.slice(0, slash), Target) });
    },
  });
  return relations;
}

/** Throws the problem of a workbook in the strict variant of the format. */
function refuseStrict(file: string): never {
  refuse(
    file,
    'book-strict',
    'The workbook is saved as “Strict Open XML Spreadsheet”.',
    'Save it in Excel as “Excel Workbook (.xlsx)” and try again.',
  );
}

/** The key of the part that a target means, seen from a folder. */
function resolve(folder: string, target: string): string {
  let path = target.replace(/\\/g, '/');
  try {
    path = decodeURIComponent(path);
  } catch {
    // A stray % is part of the name.
  }
  const steps: string[] = [];
  for (const step of (path.startsWith('/') ? path : folder + path).split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return partKey(steps.join('/'));
}

/** The bytes of the part that the workbook refers to as this type. */
export function related(book: Package, type: string): Buffer | undefined {
  const relation = book.relations.find((other) => other.type === type);
  return relation && book.part(relation.target);
}
