import { Button, Group } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useKeys } from '../ui/use-keys.ts';

/** While a decision may be undone by who made it. */
export function UndoBar({ until, says, onUndo }: { until: string; says: string; onUndo: () => void }) {
  const [left, setLeft] = useState(() => Date.parse(until) - Date.now());
  useEffect(() => {
    const timer = setInterval(() => setLeft(Date.parse(until) - Date.now()), 250);
    return () => clearInterval(timer);
  }, [until]);
  useKeys(useMemo(() => ({ z: onUndo }), [onUndo]));
  if (left <= 0) return null;
  return (
    <div className="card undo" role="status">
      <Group justify="space-between">
        <span>{says}. It takes effect in <span aria-hidden="true">{Math.ceil(left / 1000)}</span> <span className="unseen">some</span> seconds.</span>
        <Button variant="default" onClick={onUndo}>Undo <kbd style={{ marginLeft: 6 }}>z</kbd></Button>
      </Group>
    </div>
  );
}
