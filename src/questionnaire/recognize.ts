import type { Book } from '../book/book.ts';
import { joinNames } from '../sentence.ts';
import type { Form, Proposal, SheetProposal } from './questionnaire.ts';
import { hasSign, resolveForm } from './resolve.ts';

/**
 * Recognizes a known form by the names of its sheets and the titles over its columns, and lays its mapping over the workbook. Of several the one
 * with the most signs is meant. Undefined where the workbook is none of them, or one that has been rebuilt too much.
 */
export function recognize(book: Book, forms: readonly Form[], file: string): Proposal | undefined {
  const known = forms
    .filter((form) => form.signs.length > 0 && form.signs.every((sign) => book.sheets.some((sheet) => hasSign(sheet, sign))))
    .sort((a, b) => signsOf(b) - signsOf(a) || (a.id < b.id ? -1 : 1));
  for (const form of known) {
    const { mapping, problems } = resolveForm(form, book, file, true);
    // Editions differ in their sheets; the signs tell which ones a form cannot do without.
    const missing = problems.filter(({ code }) => code === 'no-such-sheet');
    if (mapping.sheets.length === 0 || problems.length > missing.length) continue;
    return {
      known: form.id,
      mapping,
      ...(form.tried === undefined ? { untried: true } : {}),
      reasons: [...reasonsOf(form, book), ...missing.map(({ message }) => message)],
      sheets: book.sheets.map(({ name }): SheetProposal => {
        const part = mapping.sheets.find(({ sheet }) => sheet === name);
        return part
          ? { sheet: name, confidence: 1, mapping: part, reasons: ['the layout is known'] }
          : { sheet: name, confidence: 1, reasons: ['the form asks nothing here'] };
      }),
    };
  }
  return undefined;
}

function signsOf(form: Form): number {
  return form.signs.reduce((sum, { sheet, titles }) => sum + titles.length + sheet.replaceAll('*', '').length / 100, 0);
}

function reasonsOf(form: Form, book: Book): string[] {
  const signs = form.signs.map((sign) => {
    const sheet = book.sheets.find((candidate) => hasSign(candidate, sign))?.name ?? sign.sheet;
    return `the sheet “${sheet}” has the ${sign.titles.length === 1 ? 'title' : 'titles'} ${joinNames(sign.titles.map((title) => `“${title.replaceAll('*', '…')}”`))}`;
  });
  const tried = form.tried
    ? []
    : ['its mapping follows descriptions of the form and was never tried on one: check the first answers'];
  return [...signs, ...tried];
}
