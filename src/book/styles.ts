import { flag, readXml } from './xml.ts';

/** Whether the cells of each format are locked, by the format's number. Cells are locked unless their format says otherwise. */
export function readLocks(data: Uint8Array | undefined, file: string): boolean[] {
  const locks: boolean[] = [];
  if (!data) return locks;
  readXml(data, file, 'styles.xml', {
    open(name, attributes, path) {
      if (path[1] !== 'cellXfs') return;
      if (name === 'xf') locks.push(true);
      if (name === 'protection' && locks.length > 0) locks[locks.length - 1] = flag(attributes.locked, true);
    },
  });
  return locks;
}
