throw new Error('preload throws')
