import Handlebars from 'handlebars/runtime';
import { UsageError } from '../problem.ts';
import { escapeMarkdown } from './markdown.ts';

/** A report template, compiled to a function. */
export type Template = TemplateSpecification;

/**
 * Renders a report template, with others that it may take in by name (`{{> annexes}}`). A name the view does not have is an error and
 * never a hole in a document; every value is escaped, so that user text prints as itself and cannot become Markdown or a directive.
 * @throws UsageError naming the template and what is wrong with it.
 */
export function renderTemplate(
  name: string,
  template: Template,
  view: object,
  partials: Readonly<Record<string, Template>> = {},
): string {
  try {
    const handlebars = Handlebars.create();
    for (const [partial, own] of Object.entries(partials)) handlebars.registerPartial(partial, handlebars.template(own));
    return handlebars.template(template)(escapeAll(view));
  } catch (error) {
    throw templateError(name, error);
  }
}

/** The error of a template that cannot be read or rendered, in words for those who wrote it. */
export function templateError(name: string, error: unknown): UsageError {
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  const unknown = /^"(.+)" not defined in .* - (\d+):(\d+)$/.exec(message);
  const what = unknown ? `line ${unknown[2]} names \`${unknown[1]}\`, which the report does not know` : message.replace(/:$/, '');
  return new UsageError(`the template ${name} cannot be used: ${what}`);
}

/** A copy of the view with every text escaped. Identifiers that directives carry are safe words and stay as they are. */
function escapeAll(value: unknown): unknown {
  if (typeof value === 'string') return /^[a-z0-9-]+$/.test(value) ? value : escapeMarkdown(value);
  if (Array.isArray(value)) return value.map(escapeAll);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escapeAll(inner)]));
  return value;
}
