import { expect, it } from 'vitest';
import { placeIn } from './coordinates';

it.each([
  '19.0760, 72.8777', '19.0760 72.8777', 'https://www.google.com/maps/place/x/@19.0760,72.8777,15z', 'https://maps.google.com/?q=19.0760,72.8777',
  'https://www.google.com/maps/search/?api=1&query=19.0760%2C72.8777', 'https://www.openstreetmap.org/?mlat=19.0760&mlon=72.8777#map=16/19.0760/72.8777', 'geo:19.0760,72.8777?z=3',
])('reads %s', (text) => {
  expect(placeIn(text)).toEqual({ latitude: 19.076, longitude: 72.8777 });
});

it.each(['', 'Bandra', '91.2, 20', '12, 200', '19.0760', '1, 2, 3'])('reads no place in %s', (text) => {
  expect(placeIn(text)).toBeNull();
});
