import { Button, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';

export function ColourSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'light' ? 'dark' : 'light';
  return (
    <Button variant="subtle" size="compact-sm" color="gray" c="inherit" fw={500} onClick={() => setColorScheme(other)}
      aria-label={`Change to the ${other} colours`}>{scheme === 'light' ? 'Dark' : 'Light'}</Button>
  );
}
