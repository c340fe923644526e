import { promisify } from 'node:util';
import { deflate, type ZlibOptions } from 'node:zlib';
import type { Document } from '../../document.ts';
import { type Container, PACKING } from './container.ts';
import { colorProfile } from './fonts.ts';
import { date, name, text, xml } from './syntax.ts';
import { clean } from './text.ts';

/** The document information and the same facts as XMP, with the marks of PDF/A-3a and PDF/UA-1. */
export function writeMetadata(container: Container, document: Document): { info: number; metadata: number } {
  const [title, subject, author, producer] = [document.title, document.subject, document.author, document.producer].map(
    flat,
  ) as Four;
  const keywords = document.keywords.map(flat);
  const day = dayOf(document);
  const words = keywords.join(', ');
  const facts: [string, string][] = [
    ['Title', title],
    ['Subject', subject],
    ['Author', author],
    ['Keywords', words],
    ['Creator', producer],
    ['Producer', producer],
  ];
  const info = container.add(
    `<<${facts.map(([key, value]) => (value ? `/${key} ${text(value)}` : '')).join('')}/CreationDate ${date(day)}/ModDate ${date(day)}>>`,
  );
  const moment = `${day}T00:00:00Z`;
  const keyed = keywords.map((keyword) => `<rdf:li>${xml(keyword)}</rdf:li>`).join('');
  const packet = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${xml(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${xml(author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${xml(subject)}</rdf:li></rdf:Alt></dc:description>
${keyed ? `<dc:subject><rdf:Bag>${keyed}</rdf:Bag></dc:subject>` : ''}
<dc:language><rdf:Bag><rdf:li>${xml(languageOf(document))}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>${moment}</xmp:CreateDate><xmp:ModifyDate>${moment}</xmp:ModifyDate><xmp:MetadataDate>${moment}</xmp:MetadataDate>
<xmp:CreatorTool>${xml(producer)}</xmp:CreatorTool>
<pdf:Producer>${xml(producer)}</pdf:Producer>${words ? `<pdf:Keywords>${xml(words)}</pdf:Keywords>` : ''}
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
${UA_SCHEMA}
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
  const metadata = container.reserve();
  // Left uncompressed, so that tools which know no PDF can find it.
  container.bare(metadata, '/Type/Metadata/Subtype/XML', Buffer.from(packet, 'utf8'));
  return { info, metadata };
}

type Four = [string, string, string, string];

/** Facts about the file stand on one line and hold nothing unprintable. */
function flat(value: string): string {
  return clean(value).replaceAll('\n', ' ');
}

/** The day of the document; anything else would be a date that readers reject. */
function dayOf(document: Document): string {
  const day = document.date.slice(0, 10);
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new Error(`the date of the document is not an ISO day: ${document.date}`);
  return day;
}

/** PDF/A wants every property explained that it does not know itself; the one of PDF/UA is such. */
const UA_SCHEMA = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>`;

/** The language of the document, where it is well formed; English where it is not. */
export function languageOf(document: Document): string {
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(document.language) ? document.language : 'en';
}

/** The profile that gives the colors a meaning. */
export function writeOutputIntent(container: Container): number {
  const profile = container.reserve();
  container.stream(profile, '/N 3', colorProfile());
  const id = '(sRGB IEC61966-2.1)';
  return container.add(
    `<</Type/OutputIntent/S/GTS_PDFA1/Info${id}/OutputConditionIdentifier${id}/DestOutputProfile ${profile} 0 R>>`,
  );
}

/** A file to be carried inside the document, with its size and its packed bytes. */
export interface PackedAttachment {
  attachment: Document['attachments'][number];
  size: number;
  data: Uint8Array;
}

const deflateLater = promisify<Uint8Array, ZlibOptions, Buffer>(deflate);

/** Packs what the document carries, on zlib's threads: it is as large as all pages, and they can be laid out meanwhile. */
export function packAttachments({ attachments }: Document): Promise<PackedAttachment[]> {
  return Promise.all(
    attachments.map(async (attachment) => {
      const bytes = Buffer.from(attachment.data, 'utf8');
      return { attachment, size: bytes.length, data: await deflateLater(bytes, PACKING) };
    }),
  );
}

/** Files carried inside the document; the object numbers of their descriptions, by name. */
export function writeAttachments(
  container: Container,
  document: Document,
  packed: readonly PackedAttachment[],
): { name: string; id: number }[] {
  const day = date(dayOf(document));
  return packed.map(({ attachment, size, data }) => {
    const file = container.reserve();
    const params = `/Params<</Size ${size}/CreationDate ${day}/ModDate ${day}>>`;
    container.packed(file, `/Type/EmbeddedFile/Subtype${name(attachment.mediaType)}${params}`, data);
    const label = text(attachment.name);
    const id = container.add(
      `<</Type/Filespec/F${label}/UF${label}/AFRelationship/Data/Desc${text(attachment.description)}/EF<</F ${file} 0 R/UF ${file} 0 R>>>>`,
    );
    return { name: attachment.name, id };
  });
}
