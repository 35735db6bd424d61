#ifndef FRONTLINE_C_SENTIMENT_MODEL_H
#define FRONTLINE_C_SENTIMENT_MODEL_H

#include <stddef.h>

/// The bytes of the English model, constant and never freed.
const void *frontline_sentiment_model_en(void);

/// The number of those bytes.
size_t frontline_sentiment_model_en_size(void);

/// The heads that add the meaning of English sentences, constant and never freed.
const void *frontline_sentiment_heads_en(void);

/// The number of their bytes.
size_t frontline_sentiment_heads_en_size(void);

/// The phrases of English remarks as text, constant and never freed.
const void *frontline_sentiment_remarks_en(void);

/// The number of its bytes.
size_t frontline_sentiment_remarks_en_size(void);

#endif
