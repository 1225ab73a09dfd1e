import { Bug, Cpu, HardDriveDownload, type LucideIcon, MemoryStick, Network } from 'lucide-react';
import type { FaultSpec } from '../../domain/faults';
import { SeverityBadge } from '../components/badges';
import styles from './injector.module.css';

/** An icon by what the fault's id speaks of; a bug for one that is not known here. */
function iconOf(id: string): LucideIcon {
  if (id.includes('memory')) return MemoryStick;
  if (id.includes('ddos') || id.includes('network')) return Network;
  if (id.includes('cpu') || id.includes('crypto') || id.includes('mining')) return Cpu;
  if (id.includes('disk')) return HardDriveDownload;
  return Bug;
}

export interface FaultCardsProps {
  readonly faults: readonly FaultSpec[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** The faults as cards, one of which is chosen (radio buttons underneath). */
export function FaultCards({ faults, value, onChange }: FaultCardsProps) {
  return (
    <fieldset>
      <legend className={styles.legend}>Fault</legend>
      <div className={styles.cards}>
        {faults.map((fault) => {
          const Icon = iconOf(fault.id);
          return (
            <label key={fault.id} className={styles.card}>
              <input
                type="radio"
                name="fault"
                className="visually-hidden"
                value={fault.id}
                checked={fault.id === value}
                onChange={() => onChange(fault.id)}
              />
              <span className={styles.cardHead}>
                <Icon size={16} aria-hidden="true" />
                <span className={styles.cardTitle}>{fault.label}</span>
                <SeverityBadge severity={fault.severity} />
              </span>
              <span className={styles.cardText}>{fault.description}</span>
              <span className={styles.signature}>
                <b>Expect:</b> {fault.signature}
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
