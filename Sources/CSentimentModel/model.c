#include "CSentimentModel.h"

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wc23-extensions"
#endif

static const unsigned char model_en[] = {
#embed "en.model"
};

static const unsigned char heads_en[] = {
#embed "en.heads"
};

static const unsigned char remarks_en[] = {
#embed "en.remarks"
};

const void *frontline_sentiment_model_en(void) { return model_en; }

size_t frontline_sentiment_model_en_size(void) { return sizeof model_en; }

const void *frontline_sentiment_heads_en(void) { return heads_en; }

size_t frontline_sentiment_heads_en_size(void) { return sizeof heads_en; }

const void *frontline_sentiment_remarks_en(void) { return remarks_en; }

size_t frontline_sentiment_remarks_en_size(void) { return sizeof remarks_en; }
