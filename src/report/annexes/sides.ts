import type { Part } from '../../model/matrix.ts';
import type { LineIndex } from '../lines.ts';

/** One side's half of a requirement in few words: its controls, each with the components at which it is exercised. */
export function halfText(parts: readonly Part[], index: LineIndex): string {
  const controls = new Map<string, Set<string>>();
  for (const part of parts) {
    const components = controls.get(part.control) ?? new Set<string>();
    controls.set(part.control, components.add(index.titles.get(part.component) ?? part.component));
  }
  return [...controls]
    .map(([id, components]) => `${index.controls.get(id)?.title ?? id} (${[...components].join(', ')})`)
    .join('; ');
}

/** The titles of the controls of some parts, each once. */
export function controlTitles(parts: readonly Part[], index: LineIndex): string[] {
  return [...new Set(parts.map((part) => index.controls.get(part.control)?.title ?? part.control))];
}
