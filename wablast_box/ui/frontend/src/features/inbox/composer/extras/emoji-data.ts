/** A small set, in WhatsApp's order: the sign, then the words by which people look for it. Loaded when it is first wanted. */
export type EmojiGroup = 'people' | 'nature' | 'food' | 'things' | 'places' | 'signs' | 'flags';

const DATA: Record<EmojiGroup, string> = {
  people: `😀 grinning happy smile|😃 smiley happy open|😄 smile laugh eyes|😁 beaming grin teeth|😆 laughing squint|😅 sweat nervous laugh|🤣 rofl rolling laughing|😂 joy tears laughing|🙂 slight smile|🙃 upside down|😉 wink|😊 blush happy smile|😇 angel halo innocent|🥰 love hearts smiling|😍 heart eyes love|🤩 star struck wow|😘 kiss blow|😋 yum tasty|😛 tongue|😜 wink tongue crazy|🤪 zany silly|🤗 hug hugging|🤭 giggle oops hand|🤫 shush quiet secret|🤔 thinking hmm|🤐 zipper mouth secret|🤨 eyebrow doubt|😐 neutral|😑 expressionless|😶 no mouth silent|😏 smirk|😒 unamused|🙄 eye roll|😬 grimace|😌 relieved calm|😔 pensive sad|😪 sleepy|😴 sleeping zzz|😷 mask sick|🤒 thermometer ill fever|🤕 bandage hurt|🥵 hot heat|🥶 cold freezing|😵 dizzy|🤯 mind blown|🥳 party celebrate birthday|😎 cool sunglasses|🤓 nerd glasses|😕 confused|😟 worried|🙁 frown sad|😮 wow surprised open|😲 astonished shocked|😳 flushed embarrassed|🥺 pleading please puppy|😢 cry tear sad|😭 sob crying loud|😱 scream fear|😞 disappointed|😓 downcast sweat|😩 weary|😤 triumph steam|😡 angry rage red|😠 angry|🤬 swearing cursing|💀 skull dead|💩 poop|🤡 clown|👻 ghost|👋 wave hello hi bye|🤚 raised back hand|✋ hand stop high five|👌 ok perfect|🤌 pinched fingers|✌️ victory peace two|🤞 fingers crossed luck|🤟 love you|🤙 call me|👈 left point|👉 right point|👆 up point|👇 down point|👍 thumbs up yes good like ok|👎 thumbs down no bad|✊ fist|👊 punch bump|👏 clap applause bravo|🙌 raised hands hooray|👐 open hands|🤲 palms together dua|🤝 handshake deal|🙏 namaste thanks please pray folded|✍️ writing|💪 muscle strong|👀 eyes look|👶 baby|👦 boy|👧 girl|👨 man|👩 woman|👴 old man grandfather|👵 old woman grandmother|🙋 raising hand question|🤷 shrug dunno|🤦 facepalm|👮 police|👷 worker builder|👨‍🍳 cook chef|👩‍💼 office manager|💁 tipping hand info|🧑‍🤝‍🧑 people friends|👨‍👩‍👧 family|💃 dance|🚶 walk|🏃 run`,
  nature: `🐶 dog puppy|🐱 cat|🐭 mouse|🐰 rabbit|🦊 fox|🐻 bear|🐼 panda|🐯 tiger|🦁 lion|🐮 cow|🐷 pig|🐸 frog|🐵 monkey|🙈 see no evil monkey|🐔 chicken|🐧 penguin|🐦 bird|🦅 eagle|🦚 peacock|🐝 bee honey|🦋 butterfly|🐘 elephant|🐪 camel|🐎 horse|🐍 snake|🐟 fish|🌸 blossom flower cherry|🌹 rose|🌺 hibiscus flower|🌻 sunflower|🌼 blossom marigold|🌷 tulip|💐 bouquet flowers|🪷 lotus|🌱 seedling plant|🌴 palm tree|🌳 tree|🌿 herb leaf|🍀 clover luck|☀️ sun sunny|🌙 moon night|⭐ star|🌟 glowing star|✨ sparkles shine new|⚡ lightning fast|🔥 fire hot|🌈 rainbow|☁️ cloud|🌧️ rain|❄️ snow cold|💧 drop water|🌊 wave sea`,
  food: `🍎 apple|🍌 banana|🍇 grapes|🍉 watermelon|🥭 mango|🍊 orange|🍓 strawberry|🥥 coconut|🍅 tomato|🥔 potato|🧅 onion|🌶️ chilli pepper spicy|🥕 carrot|🌽 corn|🥗 salad|🍞 bread|🥐 croissant|🫓 roti naan flatbread|🧀 cheese|🥚 egg|🍚 rice|🍛 curry rice thali|🍲 pot stew dal|🍜 noodles|🍕 pizza|🍔 burger|🍟 fries|🥪 sandwich|🌯 wrap roll|🥟 dumpling momo samosa|🍦 ice cream|🍩 doughnut|🍪 biscuit cookie|🎂 birthday cake|🍰 cake|🧁 cupcake|🍫 chocolate|🍬 sweet candy|🍯 honey|🥛 milk|☕ coffee chai|🍵 tea green|🧃 juice|🥤 cold drink|🍽️ plate dinner|🥄 spoon`,
  things: `🎉 party celebrate congratulations|🎊 confetti|🎁 gift present|🎈 balloon|🪔 diya lamp diwali|🎆 fireworks|🏆 trophy win|🥇 medal first|⚽ football|🏏 cricket|🎵 music note|🎤 microphone|📱 phone mobile|☎️ telephone call|💻 laptop computer|🖨️ printer|📷 camera photo|📺 television|💡 idea bulb|🔋 battery|🔌 plug|🔑 key|🔒 lock closed|🔓 unlock open|🔔 bell|🛍️ shopping bags|🛒 cart trolley|📦 parcel package box|🚚 delivery truck|💰 money bag|💵 cash notes dollar|💳 card credit pay|🧾 receipt bill|🏷️ tag price label|💎 diamond jewel|💍 ring|👗 dress|🥻 sari saree|👕 shirt|👖 jeans trousers|👟 shoe|👜 handbag|🕶️ sunglasses|💄 lipstick|🧵 thread sewing|🪡 needle sewing|✂️ scissors cut|📏 ruler measure|📌 pin|📎 paperclip|📝 note write memo|📄 page document|📅 calendar date|📊 chart|📧 e-mail|✉️ envelope letter|📍 location pin place|🔎 search look|🛠️ tools repair|🧹 broom clean|🛏️ bed|🪑 chair|💊 medicine pill|🩺 doctor stethoscope|📚 books|🎓 graduation study`,
  places: `🚗 car|🚕 taxi|🛺 auto rickshaw|🚌 bus|🚲 bicycle|🏍️ motorbike|🚂 train|✈️ plane flight|🚢 ship|⛽ fuel petrol|🏠 home house|🏢 office building|🏪 shop store|🏬 department store mall|🏥 hospital|🏦 bank|🏨 hotel|🏫 school|🛕 temple|🕌 mosque|⛪ church|🏖️ beach holiday|⛰️ mountain|🗺️ map|🧭 compass|🌍 world earth|⏰ alarm clock|⏳ hourglass wait|⌚ watch|🕐 clock one time`,
  signs: `❤️ red heart love|🧡 orange heart|💛 yellow heart|💚 green heart|💙 blue heart|💜 purple heart|🖤 black heart|🤍 white heart|💔 broken heart|💕 hearts|💖 sparkling heart|💯 hundred perfect|✅ done check yes|☑️ tick box|✔️ tick|❌ cross no wrong|❗ exclamation important|❓ question|⚠️ warning|🚫 forbidden no|⛔ stop|🔴 red circle|🟢 green circle|🟡 yellow circle|🔵 blue circle|➡️ right arrow|⬅️ left arrow|⬆️ up arrow|⬇️ down arrow|🔄 again refresh|🆕 new|🆓 free|🔝 top|🆗 ok|♻️ recycle|💬 speech message|💭 thought|👑 crown|🕉️ om|☪️ crescent|✝️ cross|☮️ peace|1️⃣ one|2️⃣ two|3️⃣ three|4️⃣ four|5️⃣ five|➕ plus|➖ minus|✖️ times`,
  flags: `🇮🇳 india|🇵🇰 pakistan|🇧🇩 bangladesh|🇱🇰 sri lanka|🇳🇵 nepal|🇦🇪 emirates uae dubai|🇸🇦 saudi arabia|🇸🇬 singapore|🇲🇾 malaysia|🇬🇧 britain uk|🇺🇸 america usa|🇨🇦 canada|🇦🇺 australia|🇩🇪 germany|🇫🇷 france|🇧🇷 brazil|🇨🇳 china|🇯🇵 japan|🏳️ white flag|🚩 flag`,
};

export interface Emoji {
  sign: string;
  /** The first word names it; the others only find it. */
  words: string;
  group: EmojiGroup;
}

export const GROUPS: EmojiGroup[] = ['people', 'nature', 'food', 'things', 'places', 'signs', 'flags'];

export const EMOJI: Emoji[] = GROUPS.flatMap((group) => DATA[group].split('|').map((line) => {
  const at = line.indexOf(' ');
  return { sign: line.slice(0, at), words: line.slice(at + 1), group };
}));

/** Every word that was typed must begin a word; those whose own name begins so come first. */
export function findEmoji(query: string, most: number): Emoji[] {
  const wanted = query.toLowerCase().split(/[\s_]+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const first = wanted[0] ?? '';
  const found = EMOJI.filter(({ words }) => wanted.every((part) => words.split(' ').some((word) => word.startsWith(part))));
  return found.sort((a, b) => Number(b.words.startsWith(first)) - Number(a.words.startsWith(first))).slice(0, most);
}
