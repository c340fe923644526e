import { afterSpace, isNamePart } from './element.ts';

/** Where an attribute's name begins and ends, its value begins, and the whole ends. */
interface AttributeSpot {
  from: number;
  nameTo: number;
  valueFrom: number;
  to: number;
}

/** The value of an attribute, as written, of the tag that begins at `start`. */
export function attributeIn(xml: string, name: string, start = 0): string | undefined {
  const first = afterName(xml, start);
  // Nearly every row and cell begins with its number, as `r="A1"`.
  const from = first + name.length + 3;
  if (
    xml.charCodeAt(first) === 32 &&
    xml.charCodeAt(from - 1) === 34 &&
    xml.charCodeAt(from - 2) === EQUALS &&
    xml.startsWith(name, first + 1)
  ) {
    const to = xml.indexOf('"', from);
    if (to >= 0) return xml.slice(from, to);
  }
  const spot = spotOf(xml, name, first);
  return spot && xml.slice(spot.valueFrom, spot.to - 1);
}

/** Where an attribute stands among those from a place on, if it does. Stops at what is no attribute. */
function spotOf(xml: string, name: string, first: number): AttributeSpot | undefined {
  for (let spot = attributeFrom(xml, first); spot; spot = attributeFrom(xml, spot.to))
    if (spot.nameTo - spot.from === name.length && xml.startsWith(name, spot.from)) return spot;
  return undefined;
}

function afterName(text: string, start: number): number {
  let at = start + 1;
  while (isNamePart(text.charCodeAt(at))) at++;
  return at;
}

/**
 * The next attribute from a place on, if there is one. Read sign by sign: patterns would find attributes in the values of others, and take
 * a square of time on long runs of spaces.
 */
function attributeFrom(text: string, start: number): AttributeSpot | undefined {
  const from = afterSpace(text, start);
  let at = from;
  while (isNamePart(text.charCodeAt(at)) && text.charCodeAt(at) !== EQUALS) at++;
  const nameTo = at;
  at = afterSpace(text, at);
  if (from === nameTo || text.charCodeAt(at) !== EQUALS) return undefined;
  at = afterSpace(text, at + 1);
  const quote = text.charCodeAt(at);
  if (quote !== 34 && quote !== 39) return undefined;
  const valueFrom = at + 1;
  do at++;
  while (at < text.length && text.charCodeAt(at) !== quote);
  return at < text.length ? { from, nameTo, valueFrom, to: at + 1 } : undefined;
}

const EQUALS = 61;

/** The tag with an attribute set. */
export function withAttribute(tag: string, name: string, value: string): string {
  const said = spotOf(tag, name, afterName(tag, 0));
  if (said) return `${tag.slice(0, said.from)}${name}="${value}"${tag.slice(said.to)}`;
  return `${inside(tag)} ${name}="${value}"${isEmpty(tag) ? '/>' : '>'}`;
}

/** What the tag of a cell says: its format and type as written, and each attribute that a new value leaves, a space in front. */
export interface CellTag {
  style: string | undefined;
  type: string | undefined;
  kept: string;
}

/** Reads the tag of a cell, in one go: this runs for every answer. */
export function cellTag(tag: string): CellTag {
  const said: CellTag = { style: undefined, type: undefined, kept: '' };
  for (let spot = attributeFrom(tag, afterName(tag, 0)); spot; spot = attributeFrom(tag, spot.to)) {
    const name = tag.slice(spot.from, spot.nameTo);
    if (name === 's') said.style ??= tag.slice(spot.valueFrom, spot.to - 1);
    if (name === 't') said.type ??= tag.slice(spot.valueFrom, spot.to - 1);
    else if (name !== 'cm' && name !== 'vm') said.kept += ` ${tag.slice(spot.from, spot.to)}`;
  }
  return said;
}

/** The tag of an element with content, for one that had none. */
export function opening(tag: string): string {
  return `${inside(tag)}>`;
}

/** A tag without its end. */
function inside(tag: string): string {
  return tag.slice(0, isEmpty(tag) ? -2 : -1).trimEnd();
}

function isEmpty(tag: string): boolean {
  return tag.endsWith('/>');
}
