import { xml } from '../../cell-text.ts';
import { formulaText } from './formula.ts';
import type { Lists } from './lists.ts';
import { letters } from './names.ts';
import type { Plan } from './plan.ts';
import { differentialId } from './styles.ts';

/** Colors by conditional format, so that they follow when people change a value. */
export function conditionsXml(plan: Plan, plans: readonly Plan[]): string {
  const { sheet, first, last } = plan;
  let priority = 0;
  return sheet.columns
    .map((column, i) => {
      const range = `${letters(i)}${first}:${letters(i)}${last}`;
      const computed = (sheet.rules ?? [])
        .filter((rule) => rule.column === column.title)
        .map(
          ({ when, tone }) =>
            `<cfRule type="expression" dxfId="${differentialId(tone)}" priority="${++priority}"><formula>${xml(formulaText(when, first, plan, plans))}</formula></cfRule>`,
        );
      const equal = Object.entries(sheet.tones?.[column.title] ?? {})
        // Text in a formula may hold 255 characters.
        .filter(([value, tone]) => tone !== 'plain' && value.length <= 255)
        .map(([value, tone]) => {
          const formula = xml(`"${value.replaceAll('"', '""')}"`);
          return `<cfRule type="cellIs" dxfId="${differentialId(tone)}" priority="${++priority}" operator="equal"><formula>${formula}</formula></cfRule>`;
        });
      const rules = [...computed, ...equal];
      return rules.length > 0 ? `<conditionalFormatting sqref="${range}">${rules.join('')}</conditionalFormatting>` : '';
    })
    .join('');
}

/** What cells take: values of a list, or days. */
export function validationsXml(plan: Plan, lists: Lists): string {
  const validations = plan.sheet.columns.flatMap((column, i) => {
    const range = `sqref="${letters(i)}${plan.first}:${letters(i)}${plan.last}"`;
    if (column.list && column.list.length > 0) {
      const strict = column.open
        ? ''
        : ' showErrorMessage="1" errorTitle="Not in the list" error="Choose one of the values of the list."';
      return [
        `<dataValidation type="list" allowBlank="1" showInputMessage="1"${strict} ${range}>` +
          `<formula1>${lists.formula(column.list, column.listName)}</formula1></dataValidation>`,
      ];
    }
    if (!column.day || !column.input) return [];
    return [
      '<dataValidation type="date" operator="greaterThan" allowBlank="1" showInputMessage="1" showErrorMessage="1" ' +
        `errorTitle="Not a day" error="Write a day of the calendar, such as 2026-03-31." ${range}><formula1>61</formula1></dataValidation>`,
    ];
  });
  return validations.length > 0 ? `<dataValidations count="${validations.length}">${validations.join('')}</dataValidations>` : '';
}
