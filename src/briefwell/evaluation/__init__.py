"""Evaluation: labelled sets in, figures with intervals out, in a form anyone can run again."""

from briefwell.evaluation.report import Report
from briefwell.evaluation.runner import AssistantLike, run_set

__all__ = ["AssistantLike", "Report", "run_set"]
