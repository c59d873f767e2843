/** Reads a place as people have it at hand: two numbers, or the address of a map that shows it. */
export interface Place {
  latitude: number;
  longitude: number;
}

const NUMBER = String.raw`(-?\d{1,3}(?:\.\d+)?)`;
const FORMS = [
  new RegExp(String.raw`^\s*${NUMBER}\s*[,;\s]\s*${NUMBER}\s*$`),
  new RegExp(String.raw`@${NUMBER},${NUMBER}`),
  new RegExp(String.raw`[?&](?:q|ll|query|center|destination)=(?:loc:)?${NUMBER}(?:,|%2C)\+?${NUMBER}`, 'i'),
  new RegExp(String.raw`mlat=${NUMBER}&mlon=${NUMBER}`),
  new RegExp(String.raw`#map=\d+/${NUMBER}/${NUMBER}`),
  new RegExp(String.raw`^geo:${NUMBER},${NUMBER}`),
];

export function placeIn(text: string): Place | null {
  for (const form of FORMS) {
    const found = form.exec(text);
    const place = found && { latitude: Number(found[1]), longitude: Number(found[2]) };
    if (place && isLatitude(place.latitude) && isLongitude(place.longitude)) return place;
  }
  return null;
}

export const isLatitude = (value: number): boolean => Number.isFinite(value) && Math.abs(value) <= 90;
export const isLongitude = (value: number): boolean => Number.isFinite(value) && Math.abs(value) <= 180;
