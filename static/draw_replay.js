/* Replays a published double-random draw in the visitor's own browser: the same steps and the same sentences as
   docs/verify_draw.py. One file without dependency, both the page's script and its worker. SHA-256 is written out here,
   because the browser's own answers one hash at a time and later, and only over https; a big draw needs a million. */
"use strict";
(() => {
  const K = new Int32Array(64);
  const START = new Int32Array(8);
  (() => {
    /* The constants are the first 32 bits of the fractions of the roots of the primes. */
    const primes = [];
    for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
    const fraction = (x) => Math.floor((x - Math.floor(x)) * 4294967296);
    primes.forEach((p, i) => {
      K[i] = fraction(Math.cbrt(p));
      if (i < 8) START[i] = fraction(Math.sqrt(p));
    });
  })();

  const encoder = new TextEncoder();
  const W = new Int32Array(64);
  const TAIL = new Uint8Array(128);
  const LENGTH = new DataView(TAIL.buffer);
  const SHORT = new Uint8Array(512);
  const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));

  function block(state, bytes, at) {
    for (let i = 0; i < 16; i++, at += 4) {
      W[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; i++) {
      const a = W[i - 15];
      const b = W[i - 2];
      const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
      const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
      W[i] = (((W[i - 16] + s0) | 0) + ((W[i - 7] + s1) | 0)) | 0;
    }
    let a = state[0], b = state[1], c = state[2], d = state[3];
    let e = state[4], f = state[5], g = state[6], h = state[7];
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (((h + s1) | 0) + ((((e & f) ^ (~e & g)) + K[i]) | 0) + W[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    state[0] = (state[0] + a) | 0; state[1] = (state[1] + b) | 0;
    state[2] = (state[2] + c) | 0; state[3] = (state[3] + d) | 0;
    state[4] = (state[4] + e) | 0; state[5] = (state[5] + f) | 0;
    state[6] = (state[6] + g) | 0; state[7] = (state[7] + h) | 0;
  }

  /* The rest of a message into a state that has taken ``before`` bytes (whole blocks) already; the hash in hex. */
  function finished(state, bytes, length, before) {
    const whole = length - (length % 64);
    for (let at = 0; at < whole; at += 64) block(state, bytes, at);
    const rest = length - whole;
    const size = rest < 56 ? 64 : 128;
    TAIL.fill(0);
    for (let i = 0; i < rest; i++) TAIL[i] = bytes[whole + i];
    TAIL[rest] = 0x80;
    const total = before + length;
    LENGTH.setUint32(size - 8, Math.floor(total / 536870912));
    LENGTH.setUint32(size - 4, (total * 8) >>> 0);
    for (let at = 0; at < size; at += 64) block(state, TAIL, at);
    let hex = "";
    for (let i = 0; i < 8; i++) {
      const word = state[i];
      hex += HEX[word >>> 24] + HEX[(word >>> 16) & 255] + HEX[(word >>> 8) & 255] + HEX[word & 255];
    }
    return hex;
  }

  function sha256(text) {
    const bytes = encoder.encode(text);
    return finished(Int32Array.from(START), bytes, bytes.length, 0);
  }

  /* SHA-256 of seed + text for many texts: the seed's 64 digits are the first block, taken in once. */
  function hasherAfter(seed) {
    const taken = Int32Array.from(START);
    const state = new Int32Array(8);
    block(taken, encoder.encode(seed), 0);
    return (text) => {
      state.set(taken);
      if (text.length * 3 > SHORT.length) return sha256(seed + text);
      return finished(state, SHORT, encoder.encodeInto(text, SHORT).written, 64);
    };
  }

  /* -- the draw: as draw_objects in docs/verify_draw.py ---------------------------------------------------------- */
  const [OBJECT, EXCLUDED, OFFICER, RECENT] = ["对象", "排除", "人员", "同组"];
  const ratiosOf = (rule) => Array.from(rule.matchAll(/([^；=]+)=(\d+)%/g), (found) => [found[1], Number(found[2])]);
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const poolHash = (lines) => sha256(lines.map((line) => line + "\n").join(""));

  function drawObjects(number, rule, publicNumber, lines, progress) {
    const seed = sha256([number, rule, publicNumber].join("\n"));
    const rankOf = hasherAfter(seed);
    const rows = lines.map((line) => line.split("\t"));
    const ratios = ratiosOf(rule);
    const strata = new Map(ratios.map(([name]) => [name, []]));
    rows.forEach((row, place) => {
      if (row[0] === OBJECT) strata.get(row[2]).push([rankOf(`:${row[1]}`), row[1], row[3]]);
      if (place % 5000 === 0) progress(place, rows.length);
    });
    const officers = rows
      .filter((row) => row[0] === OFFICER)
      .map((row) => [row[1], new Set(row[2].split(",")), new Set(row[3].split(","))]);
    const recent = new Set(rows.filter((row) => row[0] === RECENT).map((row) => row.slice(1, 3).sort(compare).join("\t")));
    const given = new Map(officers.map(([officer]) => [officer, 0]));
    const drawn = [];
    for (const [name, percent] of ratios) {
      const ranked = strata.get(name).sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]));
      const sample = Math.ceil((ranked.length * percent) / 100);
      ranked.slice(0, sample).forEach(([, code, area], place) => {
        const free = officers
          .filter(([, areas, interests]) => !areas.has(area) && !interests.has(code))
          .map(([officer]) => [given.get(officer), rankOf(`:${code}:${officer}`), officer])
          .sort((a, b) => a[0] - b[0] || compare(a[1], b[1]))
          .map((each) => each[2]);
        const pair = pairOf(free, recent);
        for (const officer of pair) given.set(officer, given.get(officer) + 1);
        drawn.push([code, name, place + 1, pair]);
      });
    }
    return [seed, drawn];
  }

  function pairOf(free, recent) {
    for (let i = 0; i < free.length; i++) {
      for (let j = i + 1; j < free.length; j++) {
        if (!recent.has([free[i], free[j]].sort(compare).join("\t"))) return [free[i], free[j]];
      }
    }
    return free.length > 1 ? free.slice(0, 2) : [];
  }

  /* -- what differs: as differences in docs/verify_draw.py ------------------------------------------------------- */
  function differences(published, earlier, progress) {
    const lines = published.pool;
    const found = [];
    const now = poolHash(lines);
    if (now !== published.pool_sha256) {
      found.push(`名册：校验值为 ${now}，与抽取前公布的 ${published.pool_sha256} 不一致，名册被改动过`);
    }
    const broken = brokenLines(lines, published.rule);
    found.push(...againstEarlier(lines, earlier), ...broken, ...twice(lines), ...exclusions(published));
    if (published.public_number && !broken.length) found.push(...drawnOf(published, progress));
    return found;
  }

  function brokenLines(lines, rule) {
    const known = new Set(ratiosOf(rule).map(([name]) => name));
    const columns = { [OBJECT]: 5, [EXCLUDED]: 3, [OFFICER]: 4, [RECENT]: 3 };
    const found = [];
    lines.forEach((line, place) => {
      const row = line.split("\t");
      if (columns[row[0]] !== row.length || (row[0] === OBJECT && !known.has(row[2]))) {
        found.push(`名册第${place + 1}行：格式有误，不能据以抽取`);
      }
    });
    return found;
  }

  function againstEarlier(lines, earlier) {
    if (!earlier || (earlier.length === lines.length && earlier.every((line, place) => line === lines[place]))) return [];
    const now = new Set(lines);
    const before = new Set(earlier);
    const found = [];
    lines.forEach((line, place) => before.has(line) || found.push(`名册第${place + 1}行：原名册没有“${line}”`));
    earlier.forEach((line, place) => now.has(line) || found.push(`原名册第${place + 1}行：现名册没有“${line}”`));
    return found.length ? found : ["名册：行的次序或重复与原名册不同"];
  }

  function twice(lines) {
    const found = [];
    const seen = new Set();
    lines.forEach((line, place) => {
      const [kind, code = ""] = line.split("\t");
      if (kind === RECENT) return;
      const key = `${kind === OFFICER}\t${code}`;
      if (seen.has(key)) found.push(`名册第${place + 1}行：编号 ${code} 重复`);
      seen.add(key);
    });
    return found;
  }

  function exclusions(published) {
    const frozen = new Set(
      published.pool.filter((line) => line.startsWith(`${EXCLUDED}\t`)).map((line) => line.split("\t").slice(1, 3).join("，"))
    );
    const shown = new Set(published.exclusions.map((pair) => pair.join("，")));
    const only = (one, other) => [...one].filter((pair) => !other.has(pair)).sort(compare);
    return [
      ...only(shown, frozen).map((pair) => `排除：${pair}：已公布，但不在冻结的名册中`),
      ...only(frozen, shown).map((pair) => `排除：${pair}：在冻结的名册中，没有公布`),
    ];
  }

  function drawnOf(published, progress) {
    const [seed, replayed] = drawObjects(
      published.number, published.rule, published.public_number, published.pool, progress
    );
    const found = seed === published.seed ? [] : [`种子：应为 ${seed}，公布的是 ${published.seed}`];
    const words = (name, rank, pair) => [`${name}第${rank}位`, pair.join("、") || "无"];
    const wanted = new Map(replayed.map(([code, name, rank, pair]) => [code, words(name, rank, pair)]));
    const shown = new Map(published.drawn.map((row) => [row.code, words(row.stratum, row.rank, row.officers)]));
    if (shown.size !== published.drawn.length) found.push("对象：同一编号公布了多次");
    for (const [code, [place, pair]] of wanted) {
      if (!shown.has(code)) {
        found.push(`对象：${code} 应被抽中(${place})，没有公布`);
        continue;
      }
      const [shownPlace, shownPair] = shown.get(code);
      if (shownPlace !== place) found.push(`位次：${code} 应为${place}，公布的是${shownPlace}`);
      if (shownPair !== pair) found.push(`检查人员：${code} 应为 ${pair}，公布的是 ${shownPair}`);
    }
    for (const code of [...shown.keys()].sort(compare)) {
      if (!wanted.has(code)) found.push(`对象：${code} 没有被抽中，却公布为${shown.get(code)[0]}`);
    }
    return found;
  }

  /* -- the worker ------------------------------------------------------------------------------------------------ */
  if (typeof document === "undefined") {
    self.onmessage = ({ data }) => {
      const began = performance.now();
      const progress = (done, all) => self.postMessage({ done, all });
      const found = differences(data.published, data.earlier, progress);
      self.postMessage({ found, milliseconds: Math.round(performance.now() - began) });
    };
    return;
  }

  /* -- the page -------------------------------------------------------------------------------------------------- */
  const MOST = 50;
  const here = document.currentScript.src;
  const box = document.getElementById("replay-here");
  if (!box || !window.Worker) return;
  const button = box.querySelector("button");
  const said = box.querySelector("[role=status]");
  const list = box.querySelector("ul");

  function show(published, { found, milliseconds }) {
    const size = `名册 ${published.pool.length} 行，抽中 ${published.drawn.length} 家，用时 ${(milliseconds / 1000).toFixed(1)} 秒`;
    said.textContent = found.length ? `不一致，${found.length} 处（${size}）` : `一致（${size}）`;
    said.className = `verdict-line ${found.length ? "is-bad" : "is-ok"}`;
    list.replaceChildren(
      ...found.slice(0, MOST).map((sentence) => {
        const item = document.createElement("li");
        item.textContent = sentence;
        return item;
      })
    );
    button.disabled = false;
  }

  function failed(why) {
    said.textContent = `没有算完：${why}`;
    button.disabled = false;
  }

  async function replay() {
    button.disabled = true;
    list.replaceChildren();
    said.className = "verdict-line";
    said.textContent = "正在下载公布的数据……";
    const answer = await fetch(box.dataset.source);
    if (!answer.ok) throw new Error(answer.status === 429 ? "下载太频繁，请过一分钟再试" : `下载失败(${answer.status})`);
    const published = await answer.json();
    const kept = box.querySelector("input[type=file]").files[0];
    const earlier = kept ? (await kept.text()).split("\n").slice(0, -1) : null;
    const worker = new Worker(here);
    worker.onmessage = ({ data }) => {
      if (data.found) {
        show(published, data);
        worker.terminate();
      } else {
        said.textContent = `正在重算 ${data.done} / ${data.all} 行……`;
      }
    };
    worker.onerror = () => {
      failed("数据格式有误");
      worker.terminate();
    };
    worker.postMessage({ published, earlier });
  }

  button.addEventListener("click", () => replay().catch((error) => failed(error.message)));
})();
