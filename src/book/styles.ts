import { flag, readXml } from './xml.ts';

/** What matters of the formats of cells, by their numbers. */
export interface Formats {
  /** Cells are locked unless their format says otherwise. */
  locks: readonly boolean[];
  /** Whether long texts are broken into lines. */
  wraps: readonly boolean[];
}

/** Formats for cells whose looks do not matter. */
export const NO_FORMATS: Formats = { locks: [], wraps: [] };

/** Reads the formats of cells. */
export function readFormats(data: Uint8Array | undefined, file: string): Formats {
  const locks: boolean[] = [];
  const wraps: boolean[] = [];
  if (!data) return { locks, wraps };
  readXml(data, file, 'styles.xml', {
    open(name, attributes, path) {
      if (path[1] !== 'cellXfs') return;
      if (name === 'xf') {
        locks.push(true);
        wraps.push(false);
      } else if (locks.length === 0) return;
      if (name === 'protection') locks[locks.length - 1] = flag(attributes.locked, true);
      if (name === 'alignment') wraps[wraps.length - 1] = flag(attributes.wrapText);
    },
  });
  return { locks, wraps };
}
