import { defineConfig } from 'vite'
import react from '@vitejs/plugin-react'

// `base` makes the built page find its files beside it, as pages from files need.
export default defineConfig({ plugins: [react()], base: './' })
