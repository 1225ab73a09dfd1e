import { EmptyState } from './EmptyState';

const MAX_SHOWN = 60;

interface MissingProps {
  /** Kind of thing, as in "No device". */
  readonly what: string;
  /** As the link has it. */
  readonly id: string;
  /** Where it could be, or why it is not here. */
  readonly detail: string;
  readonly back: { readonly label: string; readonly href: string };
}

/** What a link names and is not here, with the way back. */
export function Missing({ what, id, detail, back }: MissingProps) {
  const shown = id.length > MAX_SHOWN ? `${id.slice(0, MAX_SHOWN)}…` : id;
  return (
    <div role="status">
      <EmptyState kind="no-match" title={`No ${what} «${shown}»`} detail={detail} action={back} />
    </div>
  );
}

/** Says so where a link names a device that this run does not have; nothing where there is none to look for. */
export function MissingDevice({
  id,
  known,
  back,
}: {
  readonly id: string | undefined;
  /** undefined: not known yet. */
  readonly known: readonly { readonly id: string }[] | undefined;
  readonly back: MissingProps['back'];
}) {
  if (!isMissing(id, known)) return null;
  return (
    <Missing
      what="device"
      id={id}
      detail="This run has no device of that id. The link may be of another run."
      back={back}
    />
  );
}

/** Whether a link names something that a list, once it is known, does not have. */
export function isMissing(id: string | undefined, known: readonly { readonly id: string }[] | undefined): id is string {
  return id !== undefined && id !== '' && known !== undefined && !known.some((one) => one.id === id);
}
