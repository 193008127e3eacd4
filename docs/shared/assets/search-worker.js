// The search itself: Material's dialog talks to this worker instead of its own. It is given the index (search/search_index.json)
// and answers queries with sections, grouped by page, the best first.
//
// A query becomes concepts: a term of the glossary under any of its names, or a word without its ending. A section is as good as what
// it says of each: in its title, in its anchor, in its text, the rarer the concept the better. Nothing is indexed beforehand:
// the sections are few, and looking through all of them takes milliseconds.
{
  const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3]
  const WEIGHT = { title: 4, brief: 5, anchor: 2.5, page: 2.5, text: 2.4, name: 3 }
  const SYNONYM = 0.8 // what a match is worth that is another name for what was typed
  const QUALITY = { whole: 1, start: 0.5, inside: 0.35 }
  const SHOWN = 2, CLOSE = 0.8 // how many hits of a page are shown at once, if they are so close to its best
  const GAP = "[\\s_.\\-‐-–]*"
  const ENDING = /(?<=[a-z]{4})(?:ing|ed|es|e|(?<!s)s)$/
  const WORD = /[a-z0-9]+|[가-힣]+|[α-ω]+/g
  const QUERY_WORD = /[a-z0-9]+(?:_[a-z0-9]+)*|[가-힣]+|[α-ω]+/g // names in code stay whole
  const CALL = /([a-z]\w+)\(([\x00-\x7f]*?)(?:\)|$)/g
  let docs = [], names = new Map(), ignored = new Set(), particles, verbs

  const plain = html => html.replace(/<[^>]+>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&")
  const squeezed = text => (text.toLowerCase().match(WORD) || []).join("")
  const escaped = text => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
  const isHangul = text => /[가-힣]/.test(text)

  function setup({ config, docs: entries }) {
    const { same, ignore, particle, verb } = config.words
    particles = new RegExp(`(?:${particle})+$`)
    verbs = new RegExp(`(?:${verb})$`)
    ignored = new Set(ignore)
    names = new Map()
    for (const group of same)
      for (const name of group)
        names.set(squeezed(name), [...(names.get(squeezed(name)) || []), group])
    const pages = new Map()
    docs = entries.map(entry => {
      const [path, anchor = ""] = entry.location.split("#")
      if (!pages.has(path)) pages.set(path, entry)
      const blocks = entry.text.split("\n")
      const texts = blocks.map(block => plain(block).toLowerCase())
      const [title, about] = [entry, pages.get(path)].map(({ title }) => plain(title).toLowerCase())
      const all = [title, anchor, about, ...texts].join("\n")
      return { entry, path, page: pages.get(path), blocks, plain: texts, title, about, anchor: anchor.replaceAll("-", " "), all }
    })
  }

  // A word without what does not make it another word: a particle, an ending.
  function stem(word) {
    if (!isHangul(word)) return word.replace(ENDING, "")
    for (const rest of [verbs, particles, verbs]) {
      if (names.has(word)) return word
      const start = word.search(rest)
      for (let at = Math.max(start, 2); start > -1 && at < word.length; at++) if (names.has(word.slice(0, at)) && rest.test(word.slice(at))) return word.slice(0, at)
      if (start > 1) word = word.slice(0, start)
      else if (start === 1 && word.length > 2) word = word.replace(/[을를은는]$/, "")
    }
    return word
  }

  const known = word => [word, stem(word)].find(form => names.has(form))

  // Of a call that is pasted, what a reader's own variables are called says nothing.
  const keywords = (_, name, given) => `${name} ${given.split(",").filter(argument => argument.includes("=")).join(" ")} `

  // What a query asks for, in order. The same term under two names is asked for once.
  function concepts(query) {
    const words = query.replace(CALL, keywords).match(QUERY_WORD) || [], found = []
    for (let i = 0; i < words.length; ) {
      let length = Math.min(4, words.length - i), name
      while (length && !(name = known(words.slice(i, i + length).join("").replaceAll("_", "")))) length--
      if (name) found.push(name)
      else found.push(...parts(words[i]))
      i += length || 1
    }
    const kept = found.filter(word => !ignored.has(word) && (word.length > 1 || isHangul(word)) && word.replace(particles, ""))
    const exact = words.filter(word => word.includes("_"))
    return [...new Set(kept.length ? kept : found)].map(word => concept(word, exact.find(name => name.replaceAll("_", "") === word.replaceAll("_", ""))))
  }

  // A word that is not known: two that are, written together, or itself.
  function parts(word) {
    for (let cut = 2; cut < word.length - 1; cut++) {
      const halves = [known(word.slice(0, cut)), known(word.slice(cut))]
      if (halves[0]?.length === cut && halves[1]) return halves
    }
    return [ignored.has(word) ? word : stem(word)]
  }

  function concept(word, name) {
    const others = new Set((names.get(word) || []).flat().map(name => name.toLowerCase()))
    const typed = name || [...others].find(other => squeezed(other) === word) || word
    return { word, name, typed: pattern([typed]), others: others.size ? pattern([...others]) : null }
  }

  // What finds names in a text: in Latin letters from the beginning of a word on, in Hangul anywhere.
  function pattern(forms) {
    const sources = forms.map(form => {
      const letters = isHangul(form) && form.length < 9 ? [...form.replace(/[\s\-]/g, "")] : form.match(WORD) || []
      const source = letters.map(escaped).join(isHangul(form) ? "[\\s\\-]?" : GAP)
      return isHangul(form) ? source : `(?<![a-z0-9])${source}`
    })
    return new RegExp(`(?:${sources.sort((a, b) => b.length - a.length).join("|")})`, "g")
  }

  // How well each place where a pattern stands in a text fits: as a whole word, as the beginning of one, within one.
  function* matches(text, { typed, others }) {
    for (const [finder, worth] of [[typed, 1], [others, SYNONYM]])
      if (finder)
        for (const match of text.matchAll(finder)) {
          const end = match.index + match[0].length, quality = fit(text, match.index, end)
          if (quality) yield { start: match.index, end, quality: quality * worth }
        }
  }

  function fit(text, start, end) {
    const word = text.slice(start, end)
    if (isHangul(word)) {
      const rest = text.slice(end).match(/^[가-힣]*/)[0]
      if (isHangul(text[start - 1] || "")) return word.length > 1 ? QUALITY.inside : 0
      return !rest || particles.test(rest) && rest.replace(particles, "") === "" ? QUALITY.whole : word.length > 1 ? QUALITY.start : 0
    }
    const rest = text.slice(end).match(/^[a-z0-9]*/)[0]
    if (!rest || word.length > 2 && /^(?:s|es|ed|e|ing|ting|d)$/.test(rest)) return QUALITY.whole
    return word.length > 3 ? QUALITY.start : 0
  }

  const best = found => Math.max(0, ...[...found].map(({ quality }) => quality))

  // What a section says of a concept.
  function said(doc, concept) {
    if (doc.all.search(concept.typed) < 0 && !(concept.others && doc.all.search(concept.others) > -1)) return { score: 0, blocks: [] }
    let title = 0, brief = 0
    for (const part of doc.title.split(":")) {
      const found = apart([...matches(part, concept)])
      title = Math.max(title, best(found))
      brief = Math.max(brief, found.reduce((sum, { start, end, quality }) => sum + quality * (end - start), 0) / part.trim().length)
    }
    const blocks = doc.plain.map(block => apart([...matches(block, concept)]).reduce((sum, { quality }) => sum + quality, 0))
    const text = blocks.reduce((sum, number) => sum + number, 0)
    const name = concept.name ? doc.all.split(concept.name).length - 1 : 0
    const anchor = best(matches(doc.anchor, concept)), page = best(matches(doc.about, concept))
    const score = WEIGHT.title * title + WEIGHT.brief * Math.min(1, brief) ** 2 + WEIGHT.anchor * anchor + WEIGHT.page * page +
      WEIGHT.text * often(text) + WEIGHT.name * often(name)
    return { score: title || anchor || text ? score : 0, title, blocks }
  }

  const often = times => times / (times + 1.5)

  // Of matches that overlap, the best one; in order.
  const apart = found => found.sort((a, b) => b.quality - a.quality || b.end - b.start - (a.end - a.start))
    .reduce((kept, match) => kept.some(({ start, end }) => match.start < end && start < match.end) ? kept : [...kept, match], [])
    .sort((a, b) => a.start - b.start)

  function search(query) {
    query = query.normalize("NFC").toLowerCase().trim()
    const columns = concepts(query).map(column).map(it => it.number || !isVerb(it.concept.word) ? it : column(concept(it.concept.word.slice(0, 2))))
    const lost = columns.filter(({ number }) => !number).map(({ concept }) => concept)
    const [asked, said] = ["concept", "said"].map(key => columns.filter(({ number }) => number).map(it => it[key]))
    const rare = columns.filter(({ number }) => number).map(({ number }) => rarity(number))
    const pairs = neighbours(query), paired = pairs.reduce((sum, { rarity }) => sum + rarity, 0) || 1
    const total = rare.reduce((sum, value) => sum + value, 0)
    return docs.map((doc, at) => {
      const row = said.map(column => column[at])
      const worth = row.reduce((sum, { score }, i) => sum + rare[i] * score ** 0.7, 0)
      if (!worth) return { doc, score: 0 }
      const share = rare.reduce((sum, value, i) => sum + (row[i].score ? value : 0), 0) / total
      const blocks = doc.blocks.map((_, b) => rare.reduce((sum, value, i) => sum + (row[i].blocks[b] ? value + 0.1 * row[i].blocks[b] : 0), 0))
      const titled = rare.reduce((sum, value, i) => sum + (row[i].title ? value : 0), 0)
      const together = Math.min(1, Math.max(titled, ...blocks) / total)
      const pasted = pairs.reduce((sum, { at, rarity }) => sum + (at.has(doc) ? rarity : 0), 0) / paired
      const score = worth * share ** 1.25 * (0.8 + 0.3 * together) * (1 + Math.min(1, pairs.length / 8) * pasted) * (doc.entry.boost ?? 1)
      return { doc, score, blocks, found: asked.filter((_, i) => row[i].score), missing: [...asked.filter((_, i) => !row[i].score), ...lost] }
    }).filter(({ score }) => score).sort((a, b) => b.score - a.score)
  }

  // What all sections say of a concept, and how many speak of it.
  function column(concept) {
    const column = docs.map(doc => said(doc, concept))
    return { concept, said: column, number: column.filter(({ score }) => score).length }
  }

  // A Korean word that stands nowhere may be a verb in another form.
  const isVerb = word => isHangul(word) && word.length > 2

  // Two words next to each other, as they are typed: for messages and names that are pasted.
  function neighbours(query) {
    const words = query.match(/[a-z0-9]+/g) || []
    return words.slice(1).map((word, i) => {
      const pair = new RegExp(`(?<![a-z0-9])${words[i]}[^a-z0-9가-힣]{1,3}${word}`)
      const at = new Set(docs.filter(({ all }) => pair.test(all)))
      return { at, rarity: rarity(at.size) }
    }).filter(({ at }) => at.size)
  }

  const rarity = number => Math.log(1 + docs.length / (1 + number))

  function marked(html, concepts) {
    return html.split(/(<[^>]+>|&[a-z]+;)/).map((piece, i) => {
      if (i % 2) return piece
      let done = 0, out = ""
      const text = piece.toLowerCase()
      for (const { start, end } of apart(concepts.flatMap(concept => [...matches(text, concept)]))) {
        out += piece.slice(done, start) + "<mark>" + piece.slice(start, end) + "</mark>"
        done = end
      }
      return out + piece.slice(done)
    }).join("")
  }

  // A hit as Material shows it: with the two blocks of its text that say most, in their order. Of the `terms` Material marks on
  // the page those that were found, as they stand there, and names the others as missing.
  function item({ doc, score, blocks = [], found = [], missing = [] }) {
    const order = blocks.map((_, i) => i).sort((a, b) => blocks[b] - blocks[a] || a - b)
    const shown = order.slice(0, 2).filter((i, n) => !n || blocks[i]).sort((a, b) => a - b)
    const places = found.flatMap(concept => [doc.title, ...shown.map(i => doc.plain[i])].flatMap(text =>
      [...matches(text, concept)].map(({ start, end }) => text.slice(start, end))))
    const terms = [...new Set(places)].slice(0, 6).map(text => [text, true])
    return {
      ...doc.entry, score, title: marked(doc.entry.title, found),
      text: shown.map(i => `<p>${marked(doc.blocks[i], found)}</p>`).join(""),
      terms: Object.fromEntries([...terms, ...missing.map(({ word }) => [word, false])]),
    }
  }

  // By page. Material shows the page first, then what scores as high as the best of the group, and folds the rest. So hits that
  // are nearly as good as the best get its score; a page that is none of them is only the heading above its sections.
  function grouped(hits) {
    const groups = new Map()
    for (const hit of hits) groups.set(hit.doc.path, [...(groups.get(hit.doc.path) || []), hit])
    return [...groups.values()].map(group => {
      const { score } = group[0]
      const items = group.map((hit, i) => ({ ...hit, score: i < SHOWN && hit.score > CLOSE * score ? score : CLOSE * hit.score }))
      const page = items.findIndex(({ doc }) => doc.entry === doc.page)
      if (page < 0) items.push({ doc: docs.find(({ entry }) => entry === group[0].doc.page), score: 0 })
      else if (items[page].score < score) items[page].score = 0
      return items.map(item)
    })
  }

  addEventListener("message", ({ data: { type, data } }) => {
    if (type === SETUP) {
      setup(data)
      postMessage({ type: READY })
    } else if (type === QUERY) {
      postMessage({ type: RESULT, data: { items: grouped(search(data)) } })
    }
  })
}
