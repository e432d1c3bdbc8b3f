"""One function a use case; the only place that joins the stages."""
