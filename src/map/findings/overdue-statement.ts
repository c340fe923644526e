import type { Rule } from './index.ts';

/** A statement promised something by a day that has passed. */
export const overdueStatement: Rule = {
  id: 'overdue-statement',
  title: 'Planned past its date',
  severity: 'high',
  help: 'A statement is planned or partial and its due date has passed. A plan that is late reads as a duty that is not met.',
  remedy: 'Bring the statement up to date: its status if the work is done, or a new date with the reason.',
  find: (matrix) =>
    matrix.statements
      .filter(
        (statement) =>
          (statement.status === 'planned' || statement.status === 'partial') &&
          statement.due !== undefined &&
          statement.due < matrix.asOf,
      )
      .map((statement) => ({
        statement,
        title:
          matrix.controls.find((control) => control.id === statement.control)?.title ??
          statement.requirement ??
          statement.control,
      }))
      .map(({ statement, title }) => ({
        key: [statement.control ?? statement.requirement, ...statement.services].join('/'),
        title: `Due on ${statement.due}: ${title}`,
        detail: `It is still ${statement.status}.${statement.owner ? ` Owner: ${statement.owner}.` : ''}`,
        requirements: statement.requirement ? [statement.requirement] : [],
        ...(statement.place ? { place: statement.place } : {}),
      })),
};
