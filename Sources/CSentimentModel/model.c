#include "CSentimentModel.h"

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wc23-extensions"
#endif

static const unsigned char model_en[] = {
#embed "en.model"
};

const void *frontline_sentiment_model_en(void) { return model_en; }

size_t frontline_sentiment_model_en_size(void) { return sizeof model_en; }
