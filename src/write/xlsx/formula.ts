import type { Formula, Reference } from '../../document.ts';
import { letters } from './names.ts';
import type { Plan } from './plan.ts';

/** A formula as the file has it, standing in a row of a sheet (counted from 1 at the sheet's top). @throws for what is not there. */
export function formulaText(formula: Formula, row: number, plan: Plan, plans: readonly Plan[]): string {
  return formula.map((piece) => (typeof piece === 'string' ? piece : place(piece, row, plan, plans))).join('');
}

function place(reference: Reference, row: number, plan: Plan, plans: readonly Plan[]): string {
  if ('cell' in reference) {
    const [first, last] = [reference.cell, reference.to].map((at) => at && `$${letters(at[1] - 1)}$${plan.first + at[0] - 1}`);
    return last ? `${first}:${last}` : `${first}`;
  }
  if (!('sheet' in reference)) return `$${letters(columnOf(plan, reference.column))}${row}`;
  const target = plans.find((other) => other.sheet.name === reference.sheet);
  if (!target?.table)
    throw new Error(`A formula on “${plan.name}” refers to the table “${reference.sheet}”, which is not there.`);
  // Marks that have a meaning inside the brackets are told apart by an apostrophe.
  const header = (target.table.headers[columnOf(target, reference.column)] ?? '').replace(/[[\]#']/g, "'$&");
  return `${target.table.name}[${header}]`;
}

/** Position of a column from 0. */
export function columnOf(plan: Plan, title: string): number {
  const at = plan.sheet.columns.findIndex((column) => column.title === title);
  if (at < 0) throw new Error(`Sheet “${plan.name}” has no column “${title}”.`);
  return at;
}
