import { ref } from 'vue'

/** One rem in pixels, for what has to be counted in pixels. The appearance store sets it with the text size. */
export const rem = ref(16)
