const { examples: readExamples, run, stop: stopExample, painted, onExample } = window.launcher

const output = document.getElementById('output')
const heading = document.getElementById('name')
const stop = document.getElementById('stop')

/** What each example printed, and its button. */
const examples = new Map()
let chosen

function render () {
  const example = examples.get(chosen)
  heading.textContent = example.title
  output.textContent = example.text
  output.scrollTop = output.scrollHeight
  stop.hidden = !example.running
  for (const [name, { button, running }] of examples) {
    button.classList.toggle('chosen', name === chosen)
    button.classList.toggle('running', running)
  }
}

function choose (name) {
  const example = examples.get(name)
  chosen = name
  if (!example.running) {
    example.running = true
    example.text = `$ conch examples/${name}\n`
    run(name)
  }
  render()
}

onExample((name, kind, text) => {
  const example = examples.get(name)
  example.text += kind === 'ended' ? `[${text}]\n` : text
  if (kind === 'ended') example.running = false
  if (name === chosen) render()
  else example.button.classList.toggle('running', example.running)
})

stop.addEventListener('click', () => stopExample(chosen))

async function start () {
  const list = document.getElementById('examples')
  for (const { name, title, description } of await readExamples()) {
    const button = document.createElement('button')
    const strong = document.createElement('strong')
    strong.textContent = title
    const span = document.createElement('span')
    span.textContent = description
    button.append(strong, span)
    button.addEventListener('click', () => choose(name))
    const item = document.createElement('li')
    item.append(button)
    list.append(item)
    examples.set(name, { title, button, running: false, text: '' })
  }
  // Twice: the first callback runs before the list is painted.
  requestAnimationFrame(() => requestAnimationFrame(() => painted()))
}
start()
