// Names of Electron's API on Linux. What of it Conch does not implement is filled in from here, so
// that using it fails with its name.
'use strict';

/** @param {string} text */
const words = (text) => text.trim().split(/\s+/);

/** Modules and classes of the main process that Conch has nothing of. */
const exported = words(`
  BrowserView ClipboardItem ImageView Notification ShareMenu TouchBar Tray View WebContentsView autoUpdater
  contentTracing crashReporter desktopCapturer globalShortcut inAppPurchase nativeImage net netLog powerMonitor
  powerSaveBlocker protocol pushNotifications safeStorage sharedTexture systemPreferences utilityProcess
`);

const app = {
  methods: words(`
    addRecentDocument clearRecentDocuments configureHostResolver disableDomainBlockingFor3DAPIs
    disableHardwareAcceleration enableSandbox exit focus getAccessibilitySupportFeatures getAppMetrics
    getAppPath getApplicationInfoForProtocol getApplicationNameForProtocol getFileIcon getGPUFeatureStatus
    getGPUInfo getLocale getLocaleCountryCode getLoginItemSettings getName getPath
    getPreferredSystemLanguages getRecentDocuments getSystemLocale getVersion hasSingleInstanceLock
    importCertificate isAccessibilitySupportEnabled isDefaultProtocolClient isEmojiPanelSupported
    isHardwareAccelerationEnabled isReady quit relaunch releaseSingleInstanceLock
    removeAsDefaultProtocolClient requestSingleInstanceLock resolveProxy setAboutPanelOptions
    setAccessibilitySupportEnabled setAccessibilitySupportFeatures setAppLogsPath setAsDefaultProtocolClient
    setBadgeCount setClientCertRequestPasswordHandler setDesktopName setLoginItemSettings setName setPath
    setProxy showAboutPanel showEmojiPanel whenReady
  `),
  properties: words(`
    applicationMenu badgeCount commandLine isPackaged name userAgentFallback
  `),
  events: words(`
    before-quit browser-window-blur browser-window-created browser-window-focus certificate-error
    child-process-gone gpu-info-update login quit ready render-process-gone second-instance
    select-client-certificate session-created web-contents-created will-finish-launching will-quit
    window-all-closed
  `),
};

const baseWindow = {
  staticMethods: words('clearPersistedState'),
};

const browserWindow = {
  methods: words(`
    addBrowserView blur blurWebView capturePage center close destroy flashFrame focus focusOnWebView
    getBackgroundColor getBounds getBrowserView getBrowserViews getChildWindows getContentBounds
    getContentSize getMaximumSize getMediaSourceId getMinimumSize getNativeWindowHandle getNormalBounds
    getOpacity getParentWindow getPosition getSize getTitle hasShadow hide isAlwaysOnTop isClosable
    isContentProtected isDestroyed isEnabled isFocusable isFocused isFullScreen isFullScreenable isKiosk
    isMaximizable isMaximized isMenuBarAutoHide isMenuBarVisible isMinimizable isMinimized isModal isMovable
    isNormal isResizable isVisible isVisibleOnAllWorkspaces loadFile loadURL maximize minimize moveAbove
    moveTop reload removeBrowserView removeMenu restore setAlwaysOnTop setAspectRatio setAutoHideMenuBar
    setBackgroundColor setBounds setBrowserView setClosable setContentBounds setContentProtection
    setContentSize setEnabled setFocusable setFullScreen setFullScreenable setHasShadow setIcon
    setIgnoreMouseEvents setKiosk setMaximizable setMaximumSize setMenu setMenuBarVisibility setMinimizable
    setMinimumSize setMovable setOpacity setParentWindow setPosition setProgressBar setResizable setShape
    setSize setSkipTaskbar setTitle setTitleBarOverlay setTopBrowserView setVisibleOnAllWorkspaces show
    showInactive unmaximize
  `),
  properties: words(`
    accessibleTitle autoHideMenuBar fullScreen fullScreenable id kiosk menuBarVisible resizable shadow
    simpleFullScreen title visibleOnAllWorkspaces webContents
  `),
  events: words(`
    always-on-top-changed app-command blur close closed enter-full-screen enter-html-full-screen focus hide
    leave-full-screen leave-html-full-screen maximize minimize move page-title-updated
    persisted-state-restored ready-to-show resize responsive restore show system-context-menu unmaximize
    unresponsive
  `),
  staticMethods: words(`
    fromBrowserView fromId fromWebContents getAllWindows getFocusedWindow
  `),
};

const webContents = {
  methods: words(`
    addWorkSpace adjustSelection beginFrameSubscription canGoBack canGoForward canGoToOffset capturePage
    centerSelection clearHistory clone close closeDevTools copy copyImageAt copyVideoFrameAt cut delete
    disableDeviceEmulation downloadURL enableDeviceEmulation endFrameSubscription executeJavaScript
    executeJavaScriptInIsolatedWorld findInPage focus forcefullyCrashRenderer getAllSharedWorkers
    getBackgroundThrottling getDevToolsTitle getFrameRate getMediaSourceId getOSProcessId
    getOrCreateDevToolsTargetId getPrintersAsync getProcessId getTitle getType getURL getUserAgent
    getWebRTCIPHandlingPolicy getWebRTCUDPPortRange getZoomFactor getZoomLevel getZoomMode goBack goForward
    goToIndex goToOffset insertCSS insertText inspectElement inspectServiceWorker inspectSharedWorker
    inspectSharedWorkerById invalidate isAudioMuted isBeingCaptured isCaretBrowsingEnabled isCrashed
    isCurrentlyAudible isDestroyed isDevToolsFocused isDevToolsOpened isFocused isLoading isLoadingMainFrame
    isOffscreen isPainting isWaitingForResponse loadFile loadURL openDevTools paste pasteAndMatchStyle
    postMessage print printToPDF redo reload reloadIgnoringCache removeInsertedCSS removeWorkSpace replace
    replaceMisspelling savePage saveVideoFrameAs scrollToBottom scrollToTop selectAll send sendInputEvent
    sendToFrame setAudioMuted setBackgroundThrottling setCaretBrowsingEnabled setDevToolsTitle
    setDevToolsWebContents setFrameRate setIgnoreMenuShortcuts setImageAnimationPolicy setUserAgent
    setVisualZoomLevelLimits setWebRTCIPHandlingPolicy setWebRTCUDPPortRange setWindowOpenHandler
    setZoomFactor setZoomLevel setZoomMode startDrag startPainting stop stopFindInPage stopPainting
    takeHeapSnapshot toggleDevTools undo unselect
  `),
  properties: words(`
    audioMuted backgroundThrottling caretBrowsingEnabled debugger devToolsWebContents focusedFrame frameRate
    hostWebContents id ipc mainFrame navigationHistory opener session userAgent zoomFactor zoomLevel
    zoomMode
  `),
  events: words(`
    audio-state-changed before-input-event before-mouse-event blur certificate-error console-message
    content-bounds-updated context-menu cursor-changed destroyed devtools-closed devtools-focused
    devtools-open-url devtools-opened devtools-reload-page devtools-search-query did-attach-webview
    did-change-theme-color did-create-window did-fail-load did-fail-provisional-load did-finish-load
    did-frame-finish-load did-frame-navigate did-navigate did-navigate-in-page did-redirect-navigation
    did-start-loading did-start-navigation did-stop-loading dom-ready enter-html-full-screen focus
    found-in-page frame-created input-event ipc-message ipc-message-sync leave-html-full-screen login
    media-paused media-started-playing page-favicon-updated page-title-updated paint preferred-size-changed
    preload-error render-process-gone responsive select-bluetooth-device select-client-certificate
    unresponsive update-target-url will-attach-webview will-frame-navigate will-navigate will-prevent-unload
    will-redirect zoom-changed
  `),
  staticMethods: words(`
    fromDevToolsTargetId fromFrame fromId getAllWebContents getFocusedWebContents
  `),
};

const webFrameMain = {
  methods: words(`
    collectJavaScriptCallStack copyVideoFrameAt executeJavaScript isDestroyed postMessage printToPDF reload
    saveVideoFrameAs send
  `),
  properties: words(`
    detached frameToken frameTreeNodeId frames framesInSubtree ipc name origin osProcessId parent processId
    routingId top url visibilityState
  `),
  staticMethods: words(`
    fromFrameToken fromId
  `),
};

const dialog = {
  methods: words(`
    showCertificateTrustDialog showErrorBox showMessageBox showMessageBoxSync showOpenDialog
    showOpenDialogSync showSaveDialog showSaveDialogSync
  `),
};

const clipboard = {
  methods: words(`
    clear has read readBookmark readBuffer readFindText readHTML readImage readRTF readText write writeBookmark
    writeBuffer writeFindText writeHTML writeImage writeRTF writeText
  `),
  properties: words('selection'),
};

const shell = {
  methods: words(`
    beep openExternal openPath readShortcutLink showItemInFolder trashItem writeShortcutLink
  `),
};

const screen = {
  methods: words(`
    dipToScreenPoint dipToScreenRect getAllDisplays getCursorScreenPoint getDisplayMatching
    getDisplayNearestPoint getPrimaryDisplay screenToDipPoint screenToDipRect
  `),
};

const nativeTheme = {
  properties: words(`
    inForcedColorsMode prefersReducedTransparency shouldDifferentiateWithoutColor shouldUseDarkColors
    shouldUseDarkColorsForSystemIntegratedUI shouldUseHighContrastColors shouldUseInvertedColorScheme
    themeSource
  `),
};

const session = {
  methods: words(`
    addWordToSpellCheckerDictionary allowNTLMCredentialsForDomains clearAuthCache clearCache
    clearCodeCaches clearData clearHostResolverCache clearSharedDictionaryCache
    clearSharedDictionaryCacheForIsolationKey clearStorageData closeAllConnections
    createInterruptedDownload disableNetworkEmulation downloadURL enableNetworkEmulation fetch
    flushStorageData forceReloadProxyConfig getAllExtensions getBlobData getCacheSize getExtension
    getPreloads getPreloadScripts getSharedDictionaryInfo getSharedDictionaryUsageInfo
    getSpellCheckerLanguages getStoragePath getUserAgent isPersistent isSpellCheckerEnabled
    listWordsInSpellCheckerDictionary loadExtension preconnect registerLocalAIHandler
    registerPreloadScript removeExtension removeWordFromSpellCheckerDictionary resolveHost resolveProxy
    setBluetoothPairingHandler setCertificateVerifyProc setCodeCachePath setDevicePermissionHandler
    setDisplayMediaRequestHandler setDownloadPath setPermissionCheckHandler setPermissionRequestHandler
    setPreloads setProxy setSpellCheckerDictionaryDownloadURL setSpellCheckerEnabled
    setSpellCheckerLanguages setSSLConfig setUSBProtectedClassesHandler setUserAgent
    unregisterPreloadScript
  `),
  properties: words(`
    availableSpellCheckerLanguages cookies extensions netLog protocol serviceWorkers spellCheckerEnabled
    storagePath webRequest
  `),
  events: words(`
    extension-loaded extension-ready extension-unloaded file-system-access-restricted hid-device-added
    hid-device-removed hid-device-revoked preconnect select-hid-device select-serial-port
    select-usb-device select-webauthn-account select-webauthn-authenticator serial-port-added
    serial-port-removed serial-port-revoked spellcheck-dictionary-download-begin
    spellcheck-dictionary-download-failure spellcheck-dictionary-download-success
    spellcheck-dictionary-initialized usb-device-added usb-device-removed usb-device-revoked will-download
  `),
  staticMethods: words(`
    fromPartition fromPath
  `),
};

module.exports = {
  app, baseWindow, browserWindow, clipboard, dialog, exported, nativeTheme, screen, session, shell, webContents, webFrameMain,
};
