import styles from './pick.module.css';

interface PickProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** A tick box in a table row, large enough to hit; its name is for screen readers. */
export function Pick({ label, checked, onChange }: PickProps) {
  return (
    <label className={styles.pick}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span className="visually-hidden">{label}</span>
    </label>
  );
}
