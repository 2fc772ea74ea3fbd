const { conch, electron, webkit } = window.versions
document.getElementById('versions').textContent =
  `Conch ${conch} offers the API of Electron ${electron} on WebKitGTK ${webkit}`
