/** One thing that was looked at in a pack: what came of it, and the file it is about. */
export interface Check {
  /** `good` holds; `bad` does not; `open` could not be judged, and `hint` says what it would take. */
  state: 'good' | 'bad' | 'open';
  file?: string;
  says: string;
  hint?: string;
}

export const good = (says: string, file?: string): Check => ({ state: 'good', says, ...(file ? { file } : {}) });
export const bad = (file: string, says: string): Check => ({ state: 'bad', file, says });
export const open = (says: string, hint: string, file?: string): Check => ({
  state: 'open',
  says,
  hint,
  ...(file ? { file } : {}),
});
