/// The methods of the wire; a test holds the list against what a server answers.
public enum FrontlineMethods {
    /// Every method but `rpc.discover`.
    public static let all: [any FrontlineMethod.Type] = [
        ServerInfo.self, ServerHealth.self, ServerMetrics.self, SessionAuthenticate.self, SessionSignOut.self,
        SessionList.self, SessionRevoke.self, KnowledgeSearch.self, KnowledgeSuggest.self, KnowledgeGet.self,
        KnowledgeList.self, KnowledgeImport.self, KnowledgePublish.self,
        KnowledgeRetire.self, KnowledgeHistory.self, KnowledgeCompare.self, KnowledgeRestore.self,
        KnowledgeFeedback.self, KnowledgeIssues.self, KnowledgeResolveIssue.self, KnowledgeGaps.self,
        KnowledgeNeighbours.self, PolicyList.self,
        PolicyPublish.self, PolicyVersions.self, PolicyGet.self, PolicyCompare.self, PolicyRollback.self,
        PolicyEvaluate.self, PolicySimulate.self, AlertsSubscribe.self, AlertsUnsubscribe.self, AlertsList.self,
        AlertsGet.self, AlertsRead.self, AlertsRaise.self, AlertsReply.self, AlertsAcknowledge.self,
        AlertsResolve.self, AlertsSnooze.self, ResolutionEvaluate.self, ResolutionRequest.self,
        ResolutionApprove.self, ResolutionReject.self, ResolutionCancel.self, ResolutionSettle.self,
        ResolutionGet.self, ResolutionList.self, ConversationOpen.self, ConversationUpdate.self,
        ConversationObserve.self, ConversationTransfer.self, ConversationClose.self, ConversationList.self,
        ConversationGet.self, ConversationSubscribe.self, ConversationUnsubscribe.self, CustomerExport.self,
        CustomerErase.self, ReportSummary.self, MeasuresList.self, MeasuresGet.self, MeasuresValues.self,
        MeasuresExplain.self, ScriptList.self, ScriptGet.self, ScriptPublish.self,
        ScriptVersions.self, ScriptCompare.self, ScriptRollout.self, ScriptRollback.self, ScriptStart.self,
        ScriptAdvance.self, ScriptBack.self, ScriptJump.self, ScriptDetour.self, ScriptSkip.self, ScriptNote.self,
        ScriptAbandon.self, ScriptStateGet.self, ScriptAdherence.self, SentimentScore.self, AssistFeedback.self,
        AuditList.self, AuditVerify.self, IntegrationList.self, WorkCreate.self,
        WorkGet.self, WorkList.self, WorkClaim.self, WorkRelease.self, WorkTransfer.self, WorkComment.self,
        WorkComplete.self, WorkCancel.self, WorkSubscribe.self, WorkUnsubscribe.self,
        ToolList.self,
        WebhookList.self, WebhookDeliveries.self, WebhookReplay.self, WebhookTest.self,
    ]
}
