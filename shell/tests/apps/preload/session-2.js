window.order?.push('session-2')
