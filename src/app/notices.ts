import type { StoreApi } from 'zustand/vanilla';
import type { AppState, Notice } from './types';

export type NewNotice = Omit<Notice, 'id' | 'undo' | 'link'> & Partial<Pick<Notice, 'undo' | 'link'>>;

export interface Notices {
  notify(notice: NewNotice): void;
  dismiss(id: string): void;
  /** Takes back the latest thing that can be undone. */
  undoLast(): void;
}

/** Longer than the toast is shown: it may be in the way, and is put aside. */
const UNDO_MS = 60_000;
/** Of each kind, critical or not: what is older would only be shown once it is stale. */
const MAX_KEPT = 3;

/** Toasts and the undo stack. An undo is offered for a minute, the latest first; of critical notices and of all others the newest 3 are kept. */
export function createNotices(store: StoreApi<AppState>): Notices {
  let count = 0;
  const undoable: { id: string; title: string; undo: () => void }[] = [];
  const offerLatest = (): void => store.setState({ undoable: undoable.at(-1)?.title });
  const forgetUndo = (id: string): void => {
    const at = undoable.findIndex((entry) => entry.id === id);
    if (at >= 0) undoable.splice(at, 1);
    offerLatest();
  };
  const dismiss = (id: string): void => {
    store.setState((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) }));
  };
  return {
    dismiss,
    notify: (notice) => {
      const id = `notice-${count++}`;
      const { undo } = notice;
      const takeBack =
        undo === undefined
          ? undefined
          : () => {
              forgetUndo(id);
              dismiss(id);
              undo();
            };
      if (takeBack !== undefined) {
        undoable.push({ id, title: notice.title, undo: takeBack });
        offerLatest();
        setTimeout(() => forgetUndo(id), UNDO_MS);
      }
      const complete: Notice = { ...notice, id, undo: takeBack, link: notice.link };
      store.setState((state) => ({ notices: keepNewest([...state.notices, complete]) }));
    },
    undoLast: () => undoable.at(-1)?.undo(),
  };
}

function keepNewest(notices: readonly Notice[]): readonly Notice[] {
  const newest = (isCritical: boolean): readonly Notice[] =>
    notices.filter((notice) => (notice.kind === 'critical') === isCritical).slice(-MAX_KEPT);
  const kept = new Set([...newest(true), ...newest(false)]);
  return notices.filter((notice) => kept.has(notice));
}
