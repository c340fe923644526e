import Handlebars from 'handlebars';
import { type Template, templateError } from './templates.ts';

/** A template as the code of a function, for the build. @throws Error where it cannot be read */
export function compiledTemplate(text: string): string {
  return String(Handlebars.precompile(text, { strict: true, noEscape: true, knownHelpersOnly: true }));
}

/**
 * Reads a template of a user. Kept apart from what renders templates: demarc's own were compiled when it was built, and to load the
 * compiler takes as long as to write some pages.
 * @throws UsageError naming the template and what is wrong with it
 */
export function readTemplate(name: string, text: string): Template {
  try {
    // The code of handlebars' own compiler, in which texts stand as literals; it would run it in the same way.
    return new Function(`return ${compiledTemplate(text)}`)() as Template;
  } catch (error) {
    throw templateError(name, error);
  }
}
