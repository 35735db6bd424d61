#include "CSentimentModel.h"

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wc23-extensions"
#endif

static const unsigned char model_en[] = {
#embed "en.model"
};

static const unsigned char sarcasm_en[] = {
#embed "en.sarcasm"
};

const void *frontline_sentiment_model_en(void) { return model_en; }

size_t frontline_sentiment_model_en_size(void) { return sizeof model_en; }

const void *frontline_sentiment_sarcasm_en(void) { return sarcasm_en; }

size_t frontline_sentiment_sarcasm_en_size(void) { return sizeof sarcasm_en; }
